package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.formats.plan.FileAccessProto;
import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.Blocker;
import dev.makespan.proto.run.v1.Checkpoint;
import dev.makespan.proto.run.v1.FileDrift;
import dev.makespan.proto.run.v1.ReportCheck;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunReport;
import dev.makespan.proto.run.v1.TaskRun;
import dev.makespan.proto.run.v1.TimelineEntry;
import dev.makespan.proto.run.v1.Turn;
import dev.makespan.proto.run.v1.TurnTaking;
import java.util.List;

/** Runs and their reports for programs; durations in seconds of plan time. */
final class ReportJson {

  private ReportJson() {}

  static ObjectNode of(RunReport report) {
    ObjectNode node = Json.object();
    node.put("run", report.getRun().getId());
    node.put("plan", report.getRun().getPlanName());
    node.put("planVersion", report.getRun().getPlanVersion());
    node.put("state", States.name(report.getRun().getState()));
    node.put("reason", report.getRun().getReason());
    Json.putSeconds(node, "makespanSeconds", Protos.duration(report.getMakespan()));
    Json.putSeconds(node, "sequentialSeconds", Protos.duration(report.getSequential()));
    Json.putSeconds(node, "criticalPathSeconds", Protos.duration(report.getCriticalPath()));
    Json.putSeconds(node, "plannedSeconds", Protos.duration(report.getPlanned()));
    Json.putSeconds(node, "lowerBoundSeconds", Protos.duration(report.getLowerBound()));
    Json.putSeconds(node, "savedSeconds", Protos.duration(report.getSaved()));
    node.put("speed", report.getRun().getSpeed());
    ArrayNode timeline = node.putArray("timeline");
    report.getTimelineList().forEach(entry -> put(timeline.addObject(), entry));
    ArrayNode turns = node.putArray("turns");
    report.getTurnsList().forEach(file -> put(turns.addObject(), file));
    ArrayNode remarks = node.putArray("remarks");
    report.getRemarksList().forEach(remarks::add);
    MergesJson.put(node, report.getRun());
    BudgetText.put(node, report.getRun());
    node.putObject("usage")
        .put("inputTokens", report.getUsage().getInputTokens())
        .put("outputTokens", report.getUsage().getOutputTokens())
        .put("cost", report.getUsage().getCost());
    ArrayNode drifts = node.putArray("drifts");
    report.getDriftsList().forEach(drift -> put(drifts.addObject(), drift));
    put(node.putArray("beforeIntegration"), report.getBeforeIntegrationList());
    put(node.putArray("afterIntegration"), report.getAfterIntegrationList());
    return node;
  }

  private static void put(ArrayNode to, List<ReportCheck> checks) {
    for (ReportCheck check : checks) {
      to.addObject()
          .put("what", check.getWhat())
          .put("standing", ChecklistText.standing(check))
          .put("detail", check.getDetail());
    }
  }

  /** One run with its tasks, if it has any. */
  static ObjectNode of(Run run) {
    ObjectNode node = Json.object();
    node.put("run", run.getId());
    node.put("plan", run.getPlanName());
    node.put("planVersion", run.getPlanVersion());
    node.put("state", States.name(run.getState()));
    node.put("reason", run.getReason());
    node.put("speed", run.getSpeed());
    node.put("simulated", run.getSimulated());
    if (run.hasCreateTime()) {
      node.put("createTime", Protos.instant(run.getCreateTime()).toString());
    }
    if (run.hasFinishTime()) {
      node.put("finishTime", Protos.instant(run.getFinishTime()).toString());
    }
    node.put("weight", Math.max(1, run.getWeight()));
    if (run.getCheckpointsCount() > 0) {
      ArrayNode checkpoints = node.putArray("checkpoints");
      for (Checkpoint checkpoint : run.getCheckpointsList()) {
        checkpoints
            .addObject()
            .put("phase", checkpoint.getPhase())
            .put("gate", checkpoint.getGate())
            .put("reached", checkpoint.getReached())
            .put("approved", checkpoint.hasApproveTime())
            .put("by", checkpoint.getBy())
            .put("note", checkpoint.getNote());
      }
    }
    if (run.getTasksCount() > 0) {
      ArrayNode tasks = node.putArray("tasks");
      run.getTasksList().forEach(task -> put(tasks.addObject(), task));
    }
    MergesJson.put(node, run);
    BudgetText.put(node, run);
    return node;
  }

  private static void put(ObjectNode node, TaskRun task) {
    node.put("task", task.getTask());
    node.put("state", States.name(task.getState()));
    node.put("reason", task.getReason());
    if (task.getLeftOut()) {
      node.put("leftOut", true);
    }
    if (task.getBlockersCount() > 0) {
      ArrayNode blockers = node.putArray("blockers");
      for (Blocker blocker : task.getBlockersList()) {
        blockers
            .addObject()
            .put("id", blocker.getId())
            .put("text", blocker.getText())
            .put("kept", blocker.getKept())
            .put("open", !blocker.hasAnswerTime())
            .put("answer", blocker.getAnswer())
            .put("answeredBy", blocker.getAnsweredBy());
      }
    }
    ArrayNode attempts = node.putArray("attempts");
    for (Attempt attempt : task.getAttemptsList()) {
      ObjectNode entry =
          attempts
              .addObject()
              .put("number", attempt.getNumber())
              .put("agent", attempt.getAgent())
              .put("fence", attempt.getFence())
              .put("outcome", States.name(attempt.getOutcome()))
              .put("message", attempt.getMessage());
      if (attempt.hasTraces()) {
        TracesJson.put(entry, attempt.getTraces());
      }
    }
  }

  private static void put(ObjectNode node, TimelineEntry entry) {
    node.put("task", entry.getTask());
    node.put("agent", entry.getAgent());
    node.put("attempt", entry.getAttempt());
    Json.putSeconds(node, "startSeconds", Protos.duration(entry.getStart()));
    if (entry.hasFinish()) {
      Json.putSeconds(node, "finishSeconds", Protos.duration(entry.getFinish()));
    }
    node.put("outcome", States.name(entry.getOutcome()));
    Json.putSeconds(node, "plannedSeconds", Protos.duration(entry.getPlanned()));
  }

  private static void put(ObjectNode node, FileDrift drift) {
    node.put("task", drift.getTask());
    node.put("touched", drift.getTouched());
    ArrayNode undeclared = node.putArray("undeclared");
    drift.getUndeclaredList().forEach(undeclared::add);
    ArrayNode untouched = node.putArray("untouched");
    drift
        .getUntouchedList()
        .forEach(access -> untouched.add(FileAccessProto.fromProto(access).path().text()));
  }

  private static void put(ObjectNode node, TurnTaking file) {
    node.put("path", file.getPath());
    Json.putSeconds(node, "waitedSeconds", Protos.duration(file.getWaited()));
    ArrayNode turns = node.putArray("turns");
    for (Turn turn : file.getTurnsList()) {
      ObjectNode entry = turns.addObject();
      entry.put("task", turn.getTask());
      Json.putSeconds(entry, "readySeconds", Protos.duration(turn.getReady()));
      Json.putSeconds(entry, "startSeconds", Protos.duration(turn.getStart()));
      if (turn.hasFinish()) {
        Json.putSeconds(entry, "finishSeconds", Protos.duration(turn.getFinish()));
      }
      Json.putSeconds(entry, "waitedSeconds", Protos.duration(turn.getWaited()));
      ArrayNode waitedFor = entry.putArray("waitedFor");
      turn.getWaitedForList().forEach(waitedFor::add);
    }
  }
}
