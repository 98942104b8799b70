package dev.makespan.planner.wire;

import dev.makespan.core.learn.FileDrift;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.report.PlannedFigures;
import dev.makespan.core.report.ReportCheck;
import dev.makespan.core.report.TimelineEntry;
import dev.makespan.core.report.Turn;
import dev.makespan.core.report.TurnTaking;
import dev.makespan.core.task.Traces;
import dev.makespan.formats.plan.FileAccessProto;
import dev.makespan.planner.RunAccount;
import dev.makespan.proto.run.v1.CheckStanding;
import dev.makespan.proto.run.v1.RunReport;
import dev.makespan.proto.run.v1.RunUsage;

/** Reports, from and to their messages. */
public final class ReportProto {

  private ReportProto() {}

  public static RunReport toProto(RunAccount account) {
    dev.makespan.core.report.RunReport report = account.report();
    RunReport.Builder message =
        RunReport.newBuilder()
            .setRun(RunProto.toProto(account.run()))
            .setSequential(Times.toProto(report.figures().sequential()))
            .setCriticalPath(Times.toProto(report.figures().criticalPath()))
            .setPlanned(Times.toProto(report.figures().planned()))
            .setLowerBound(Times.toProto(report.figures().lowerBound()))
            .setMakespan(Times.toProto(report.makespan()))
            .setSaved(Times.toProto(report.saved()))
            .addAllRemarks(report.remarks())
            .setUsage(toProto(report.usage()));
    report.timeline().forEach(entry -> message.addTimeline(toProto(entry)));
    report.turns().forEach(turns -> message.addTurns(toProto(turns)));
    report.drifts().forEach(drift -> message.addDrifts(toProto(drift)));
    report.beforeIntegration().forEach(check -> message.addBeforeIntegration(toProto(check)));
    report.afterIntegration().forEach(check -> message.addAfterIntegration(toProto(check)));
    return message.build();
  }

  public static RunAccount fromProto(RunReport message) {
    PlannedFigures figures =
        new PlannedFigures(
            Times.fromProto(message.getSequential()),
            Times.fromProto(message.getCriticalPath()),
            Times.fromProto(message.getPlanned()),
            Times.fromProto(message.getLowerBound()));
    return new RunAccount(
        RunProto.fromProto(message.getRun()),
        new dev.makespan.core.report.RunReport(
            figures,
            Times.fromProto(message.getMakespan()),
            Times.fromProto(message.getSaved()),
            message.getTimelineList().stream().map(ReportProto::fromProto).toList(),
            message.getTurnsList().stream().map(ReportProto::fromProto).toList(),
            message.getRemarksList(),
            fromProto(message.getUsage()),
            message.getDriftsList().stream().map(ReportProto::fromProto).toList(),
            message.getBeforeIntegrationList().stream().map(ReportProto::fromProto).toList(),
            message.getAfterIntegrationList().stream().map(ReportProto::fromProto).toList()));
  }

  private static dev.makespan.proto.run.v1.ReportCheck toProto(ReportCheck check) {
    return dev.makespan.proto.run.v1.ReportCheck.newBuilder()
        .setWhat(check.what())
        .setStanding(
            switch (check.standing()) {
              case OK -> CheckStanding.CHECK_STANDING_OK;
              case OPEN -> CheckStanding.CHECK_STANDING_OPEN;
              case PROBLEM -> CheckStanding.CHECK_STANDING_PROBLEM;
              case PEOPLE -> CheckStanding.CHECK_STANDING_PEOPLE;
            })
        .setDetail(check.detail())
        .build();
  }

  private static ReportCheck fromProto(dev.makespan.proto.run.v1.ReportCheck message) {
    return new ReportCheck(
        message.getWhat(),
        switch (message.getStanding()) {
          case CHECK_STANDING_OK -> ReportCheck.Standing.OK;
          case CHECK_STANDING_OPEN -> ReportCheck.Standing.OPEN;
          case CHECK_STANDING_PROBLEM -> ReportCheck.Standing.PROBLEM;
          case CHECK_STANDING_PEOPLE -> ReportCheck.Standing.PEOPLE;
          case CHECK_STANDING_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException(
                  "standing: expected one, was " + message.getStanding());
        },
        message.getDetail());
  }

  private static RunUsage toProto(Traces.Usage usage) {
    return RunUsage.newBuilder()
        .setInputTokens(usage.inputTokens())
        .setOutputTokens(usage.outputTokens())
        .setCost(usage.cost())
        .build();
  }

  private static Traces.Usage fromProto(RunUsage message) {
    return new Traces.Usage(message.getInputTokens(), message.getOutputTokens(), message.getCost());
  }

  private static dev.makespan.proto.run.v1.FileDrift toProto(FileDrift drift) {
    return dev.makespan.proto.run.v1.FileDrift.newBuilder()
        .setTask(drift.task().value())
        .setTouched(drift.touched())
        .addAllUndeclared(drift.undeclared())
        .addAllUntouched(drift.untouched().stream().map(FileAccessProto::toProto).toList())
        .build();
  }

  private static FileDrift fromProto(dev.makespan.proto.run.v1.FileDrift message) {
    return new FileDrift(
        new TaskId(message.getTask()),
        message.getTouched(),
        message.getUndeclaredList(),
        message.getUntouchedList().stream().map(FileAccessProto::fromProto).toList());
  }

  private static dev.makespan.proto.run.v1.TimelineEntry toProto(TimelineEntry entry) {
    dev.makespan.proto.run.v1.TimelineEntry.Builder message =
        dev.makespan.proto.run.v1.TimelineEntry.newBuilder()
            .setTask(entry.task().value())
            .setAgent(entry.agent())
            .setAttempt(entry.attempt())
            .setStart(Times.toProto(entry.start()))
            .setOutcome(AttemptProto.toProto(entry.outcome()))
            .setPlanned(Times.toProto(entry.planned()));
    if (entry.finish() != null) {
      message.setFinish(Times.toProto(entry.finish()));
    }
    return message.build();
  }

  private static TimelineEntry fromProto(dev.makespan.proto.run.v1.TimelineEntry message) {
    return new TimelineEntry(
        new TaskId(message.getTask()),
        message.getAgent(),
        message.getAttempt(),
        Times.fromProto(message.getStart()),
        message.hasFinish() ? Times.fromProto(message.getFinish()) : null,
        AttemptProto.fromProto(message.getOutcome()),
        Times.fromProto(message.getPlanned()));
  }

  private static dev.makespan.proto.run.v1.TurnTaking toProto(TurnTaking turns) {
    dev.makespan.proto.run.v1.TurnTaking.Builder message =
        dev.makespan.proto.run.v1.TurnTaking.newBuilder()
            .setPath(turns.path().text())
            .setWaited(Times.toProto(turns.waited()));
    turns.turns().forEach(turn -> message.addTurns(toProto(turn)));
    return message.build();
  }

  private static TurnTaking fromProto(dev.makespan.proto.run.v1.TurnTaking message) {
    return new TurnTaking(
        new FilePattern(message.getPath()),
        message.getTurnsList().stream().map(ReportProto::fromProto).toList(),
        Times.fromProto(message.getWaited()));
  }

  private static dev.makespan.proto.run.v1.Turn toProto(Turn turn) {
    dev.makespan.proto.run.v1.Turn.Builder message =
        dev.makespan.proto.run.v1.Turn.newBuilder()
            .setTask(turn.task().value())
            .setReady(Times.toProto(turn.ready()))
            .setStart(Times.toProto(turn.start()))
            .setWaited(Times.toProto(turn.waited()))
            .addAllWaitedFor(turn.waitedFor().stream().map(TaskId::value).toList());
    if (turn.finish() != null) {
      message.setFinish(Times.toProto(turn.finish()));
    }
    return message.build();
  }

  private static Turn fromProto(dev.makespan.proto.run.v1.Turn message) {
    return new Turn(
        new TaskId(message.getTask()),
        Times.fromProto(message.getReady()),
        Times.fromProto(message.getStart()),
        message.hasFinish() ? Times.fromProto(message.getFinish()) : null,
        Times.fromProto(message.getWaited()),
        message.getWaitedForList().stream().map(TaskId::new).toList());
  }
}
