package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.agent.measure.ReportFormat;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputLinesTest {

  @Test
  void everyWordIsUnderstood() {
    assertThat(OutputLines.parse("metric tests.failed=0"))
        .isEqualTo(new OutputLine.Metric("tests.failed", 0));
    assertThat(OutputLines.parse("milestone schema"))
        .isEqualTo(new OutputLine.Milestone(new MilestoneId("schema")));
    assertThat(OutputLines.parse("output address=http://x/?a=b "))
        .isEqualTo(new OutputLine.Output("address", "http://x/?a=b"));
    assertThat(OutputLines.parse("checkpoint row 5 of 9"))
        .isEqualTo(new OutputLine.Checkpoint("row 5 of 9"));
    assertThat(OutputLines.parse("usage input_tokens=10 output_tokens=2 cost=0.5"))
        .isEqualTo(new OutputLine.Used(new Usage(10, 2, 0.5)));
    assertThat(OutputLines.parse("progress 40% half way"))
        .isEqualTo(new OutputLine.Progress(40, "half way"));
    assertThat(OutputLines.parse("report junit out/*.xml"))
        .isEqualTo(new OutputLine.Report(ReportFormat.JUNIT, new FilePattern("out/*.xml")));
    assertThat(OutputLines.parse("  ")).isEqualTo(new OutputLine.Blank());
    assertThat(OutputLines.parse("# a note")).isEqualTo(new OutputLine.Blank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metric",
        "metric x",
        "metric =1",
        "metric x=NaN",
        "metric x=1e999",
        "metric x=one",
        "milestone",
        "milestone ../x",
        "output",
        "output =x",
        "output x",
        "checkpoint",
        "usage cost=-1",
        "usage tokens=1",
        "usage input_tokens=1.5",
        "usage",
        "progress",
        "report",
        "report junit",
        "report word a.xml",
        "report junit ../a.xml",
        "progress 101",
        "progress -1",
        "::set-env name=x",
        "metric a=1\0"
      })
  void whatIsNotUnderstoodSaysWhatWasExpected(String line) {
    assertThat(OutputLines.parse(line))
        .isInstanceOfSatisfying(
            OutputLine.Malformed.class, bad -> assertThat(bad.problem()).contains("expected"));
  }

  @Test
  void valuesThatTheStreamWouldNotTakeAreRefused() {
    assertThat(OutputLines.parse("output a=" + "x".repeat(4_097)))
        .isInstanceOf(OutputLine.Malformed.class);
    assertThat(OutputLines.parse("checkpoint " + "x".repeat(65_537)))
        .isInstanceOf(OutputLine.Malformed.class);
    assertThat(OutputLines.parse("metric " + "x".repeat(257) + "=1"))
        .isInstanceOf(OutputLine.Malformed.class);
  }
}
