package dev.makespan.agent.runner;

import dev.makespan.agent.measure.ReportFormat;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Shown;
import dev.makespan.core.session.Usage;
import org.jspecify.annotations.Nullable;

/** Reads lines of MAKESPAN_OUTPUT; limits are those of the stream. */
final class OutputLines {

  static final int MAX_NAME = 256;
  static final int MAX_VALUE = 4_096;
  static final int MAX_CHECKPOINT = 65_536;

  private static final String EXPECTED =
      "expected metric, milestone, output, checkpoint, usage, progress or report";
  private static final int PERCENT = 100;

  private OutputLines() {}

  static OutputLine parse(String line) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return new OutputLine.Blank();
    }
    if (text.indexOf('\0') >= 0) {
      return new OutputLine.Malformed("expected no U+0000");
    }
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    String rest = space < 0 ? "" : text.substring(space + 1).strip();
    return switch (word) {
      case "metric" -> metric(rest);
      case "milestone" -> milestone(rest);
      case "output" -> output(rest);
      case "checkpoint" -> checkpoint(rest);
      case "usage" -> usage(rest);
      case "progress" -> progress(rest);
      case "report" -> report(rest);
      default -> new OutputLine.Malformed(EXPECTED + ", was " + Shown.quoted(word));
    };
  }

  private static OutputLine metric(String rest) {
    int sign = rest.indexOf('=');
    Double value = sign < 0 ? null : number(rest.substring(sign + 1));
    if (sign < 1 || sign > MAX_NAME || value == null) {
      return new OutputLine.Malformed("metric: expected name=number, was " + Shown.quoted(rest));
    }
    return new OutputLine.Metric(rest.substring(0, sign).strip(), value);
  }

  private static @Nullable Double number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static OutputLine milestone(String rest) {
    try {
      return new OutputLine.Milestone(new MilestoneId(rest));
    } catch (IllegalArgumentException e) {
      return new OutputLine.Malformed("milestone: expected its id, was " + Shown.quoted(rest));
    }
  }

  private static OutputLine output(String rest) {
    int sign = rest.indexOf('=');
    if (sign < 1 || sign > MAX_NAME) {
      return new OutputLine.Malformed("output: expected name=value, was " + Shown.quoted(rest));
    }
    String value = rest.substring(sign + 1);
    if (value.length() > MAX_VALUE) {
      return new OutputLine.Malformed(
          "output: expected at most " + MAX_VALUE + " characters, was " + value.length());
    }
    return new OutputLine.Output(rest.substring(0, sign).strip(), value);
  }

  private static OutputLine checkpoint(String rest) {
    return rest.isEmpty() || rest.length() > MAX_CHECKPOINT
        ? new OutputLine.Malformed(
            "checkpoint: expected 1 to " + MAX_CHECKPOINT + " characters, was " + rest.length())
        : new OutputLine.Checkpoint(rest);
  }

  private static OutputLine usage(String rest) {
    try {
      long input = 0;
      long output = 0;
      double cost = 0;
      for (String pair : rest.split(" +", -1)) {
        int sign = pair.indexOf('=');
        String value = pair.substring(sign + 1);
        switch (sign < 0 ? "" : pair.substring(0, sign)) {
          case "input_tokens" -> input = Long.parseLong(value);
          case "output_tokens" -> output = Long.parseLong(value);
          case "cost" -> cost = Double.parseDouble(value);
          default -> throw new IllegalArgumentException("unknown");
        }
      }
      return new OutputLine.Used(new Usage(input, output, cost));
    } catch (IllegalArgumentException e) {
      return new OutputLine.Malformed(
          "usage: expected input_tokens=, output_tokens= and cost= from 0, was "
              + Shown.quoted(rest));
    }
  }

  private static OutputLine report(String rest) {
    int space = rest.indexOf(' ');
    ReportFormat format = space < 0 ? null : ReportFormat.find(rest.substring(0, space));
    String files = rest.substring(space + 1).strip();
    return format == null || !FilePattern.problemOf(files).isEmpty()
        ? new OutputLine.Malformed(
            "report: expected junit, jacoco, lcov or cobertura and a path, was "
                + Shown.quoted(rest))
        : new OutputLine.Report(format, new FilePattern(files));
  }

  private static OutputLine progress(String rest) {
    int space = rest.indexOf(' ');
    String number = space < 0 ? rest : rest.substring(0, space);
    String note = space < 0 ? "" : rest.substring(space + 1).strip();
    Double percent = number(number.replaceFirst("%$", ""));
    if (percent == null || percent < 0 || percent > PERCENT || note.length() > MAX_VALUE) {
      return new OutputLine.Malformed(
          "progress: expected 0 to 100 and a note, was " + Shown.quoted(rest));
    }
    return new OutputLine.Progress((int) Math.floor(percent), note);
  }
}
