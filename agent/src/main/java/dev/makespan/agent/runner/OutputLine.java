package dev.makespan.agent.runner;

import dev.makespan.agent.measure.ReportFormat;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.Usage;

/** One line that a command has written to MAKESPAN_OUTPUT. */
sealed interface OutputLine {

  /** {@code metric name=value}. */
  record Metric(String name, double value) implements OutputLine {}

  /** {@code milestone id}. */
  record Milestone(MilestoneId id) implements OutputLine {}

  /** {@code output name=value}, for tasks that need this one. */
  record Output(String name, String value) implements OutputLine {}

  /** {@code checkpoint text}: where another attempt can go on. */
  record Checkpoint(String text) implements OutputLine {}

  /** {@code usage input_tokens=1 output_tokens=2 cost=0.5}, since the start of the attempt. */
  record Used(Usage usage) implements OutputLine {}

  /** {@code progress percent note}. */
  record Progress(int percent, String note) implements OutputLine {}

  /** {@code report junit target/*.xml}: to be read into metrics when the command is over. */
  record Report(ReportFormat format, FilePattern files) implements OutputLine {}

  /** Nothing to heed. */
  record Blank() implements OutputLine {}

  /** Something else; says what was expected. */
  record Malformed(String problem) implements OutputLine {}
}
