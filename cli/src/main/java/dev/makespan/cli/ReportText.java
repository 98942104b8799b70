package dev.makespan.cli;

import com.google.protobuf.Duration;
import dev.makespan.formats.analysis.Bar;
import dev.makespan.proto.run.v1.AttemptOutcome;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunReport;
import dev.makespan.proto.run.v1.TimelineEntry;
import dev.makespan.proto.run.v1.Turn;
import dev.makespan.proto.run.v1.TurnTaking;

/** A run's report for people. */
final class ReportText {

  private static final int AROUND_THE_BAR = 46;
  private static final int MIN_BAR = 12;
  private static final int MAX_BAR = 60;

  private ReportText() {}

  static String of(RunReport report, int columns) {
    StringBuilder text = new StringBuilder();
    Run run = report.getRun();
    text.append(
        "Run %d of %s version %d: %s%s%n"
            .formatted(
                run.getId(),
                run.getPlanName(),
                run.getPlanVersion(),
                States.name(run.getState()),
                run.getReason().isEmpty() ? "" : ", " + run.getReason()));
    figures(text, report);
    timeline(text, report, columns);
    turns(text, report);
    if (run.hasMerges()) {
      text.append('\n').append(MergesText.of(run));
    }
    ChecklistText.append(text, report);
    String budget = BudgetText.of(run);
    if (!budget.isEmpty()) {
      text.append('\n').append(budget);
    }
    DriftText.append(text, report);
    if (report.getRemarksCount() > 0) {
      text.append("\nRemarks\n");
      report.getRemarksList().forEach(remark -> text.append("  - ").append(remark).append('\n'));
    }
    return text.toString();
  }

  private static void figures(StringBuilder text, RunReport report) {
    java.time.Duration sequential = Protos.duration(report.getSequential());
    java.time.Duration saved = Protos.duration(report.getSaved());
    text.append('\n');
    row(text, "sequential", report.getSequential(), "everything one after another");
    row(text, "critical path", report.getCriticalPath(), "the longest chain of needs");
    row(text, "planned", report.getPlanned(), "the planner's schedule");
    row(text, "makespan", report.getMakespan(), "from the first start to the last finish");
    row(
        text,
        "saved",
        report.getSaved(),
        Texts.share(saved, sequential) + " of the sequential time");
  }

  private static void row(StringBuilder text, String name, Duration duration, String remark) {
    text.append(
        "  %-14s %-10s %s%n".formatted(name, Texts.duration(Protos.duration(duration)), remark));
  }

  private static void timeline(StringBuilder text, RunReport report, int columns) {
    int name =
        Math.min(
            Texts.MAX_NAME,
            report.getTimelineList().stream().mapToInt(e -> e.getTask().length()).max().orElse(0));
    int agent =
        Math.min(
            Texts.MAX_NAME,
            report.getTimelineList().stream().mapToInt(e -> e.getAgent().length()).max().orElse(0));
    int bar = Math.clamp(columns - name - agent - AROUND_THE_BAR, MIN_BAR, MAX_BAR);
    java.time.Duration whole = Protos.duration(report.getMakespan());
    text.append("\nWho did what when\n");
    for (TimelineEntry entry : report.getTimelineList()) {
      java.time.Duration start = Protos.duration(entry.getStart());
      java.time.Duration finish = entry.hasFinish() ? Protos.duration(entry.getFinish()) : whole;
      text.append("  ")
          .append(Texts.cell(entry.getTask(), name))
          .append("  ")
          .append(Texts.cell(entry.getAgent(), agent))
          .append("  ")
          .append(Bar.draw(start, finish, whole, bar, '='))
          .append("  ")
          .append(times(entry, start, finish))
          .append('\n');
    }
  }

  private static String times(
      TimelineEntry entry, java.time.Duration start, java.time.Duration finish) {
    String end = entry.hasFinish() ? Texts.at(finish) : "now";
    String outcome =
        entry.getOutcome() == AttemptOutcome.ATTEMPT_OUTCOME_DONE
            ? ""
            : "  " + States.name(entry.getOutcome());
    String attempt = entry.getAttempt() > 1 ? "  attempt " + entry.getAttempt() : "";
    return Texts.at(start) + " to " + end + attempt + outcome;
  }

  private static void turns(StringBuilder text, RunReport report) {
    for (TurnTaking file : report.getTurnsList()) {
      text.append(
          "%nTurns at %s: %s waited in all%n"
              .formatted(file.getPath(), Texts.duration(Protos.duration(file.getWaited()))));
      int name = file.getTurnsList().stream().mapToInt(t -> t.getTask().length()).max().orElse(0);
      for (Turn turn : file.getTurnsList()) {
        text.append("  ").append(Texts.cell(turn.getTask(), name)).append("  ").append(turn(turn));
        text.append('\n');
      }
    }
  }

  private static String turn(Turn turn) {
    java.time.Duration waited = Protos.duration(turn.getWaited());
    String times =
        "had it from %s to %s"
            .formatted(
                Texts.at(Protos.duration(turn.getStart())),
                turn.hasFinish() ? Texts.at(Protos.duration(turn.getFinish())) : "now");
    return waited.isZero()
        ? times
        : "%s, ready at %s, waited %s for %s"
            .formatted(
                times,
                Texts.at(Protos.duration(turn.getReady())),
                Texts.duration(waited),
                String.join(" and ", turn.getWaitedForList()));
  }
}
