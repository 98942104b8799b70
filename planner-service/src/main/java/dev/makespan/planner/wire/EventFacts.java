package dev.makespan.planner.wire;

import com.google.protobuf.ProtocolMessageEnum;
import dev.makespan.proto.run.v1.BatchMember;
import dev.makespan.proto.run.v1.FilesGranted;
import dev.makespan.proto.run.v1.RunEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an event carries, by name; written out, since reflection is no good in a native image. */
final class EventFacts {

  private EventFacts() {}

  static Map<String, Object> of(RunEvent event) {
    return switch (event.getEventCase()) {
      case RUN_REOPENED -> facts("reason", event.getRunReopened().getReason());
      case RUN_RESUMED, TASK_READY, EVENT_NOT_SET -> Map.of();
      case RUN_STARTED -> facts("weight", Math.max(1, event.getRunStarted().getWeight()));
      case RUN_PAUSED -> facts("reason", event.getRunPaused().getReason());
      case BUDGET_SET ->
          facts(
              "tokens", event.getBudgetSet().getLimit().getTokens(),
              "cost", event.getBudgetSet().getLimit().getCost(),
              "agentHours", event.getBudgetSet().getLimit().getAgentHours(),
              "by", event.getBudgetSet().getBy());
      case TASK_USED ->
          facts(
              "fence", event.getTaskUsed().getFence(),
              "inputTokens", event.getTaskUsed().getInputTokens(),
              "outputTokens", event.getTaskUsed().getOutputTokens(),
              "cost", event.getTaskUsed().getCost());
      case RUN_AMENDED -> facts("planVersion", event.getRunAmended().getPlanVersion());
      case CHECKPOINT_APPROVED ->
          facts(
              "phase", event.getCheckpointApproved().getPhase(),
              "gate", event.getCheckpointApproved().getGate(),
              "by", event.getCheckpointApproved().getBy(),
              "note", event.getCheckpointApproved().getNote());
      case TASK_QUEUED -> facts("fence", event.getTaskQueued().getFence());
      case BATCH_FORMED ->
          facts(
              "fence",
              event.getBatchFormed().getFence(),
              "members",
              event.getBatchFormed().getMembersList().stream().map(BatchMember::getTask).toList());
      case BATCH_ENDED -> MergeFacts.ended(event.getBatchEnded());
      case MERGES_HELD ->
          facts("reason", event.getMergesHeld().getReason(), "by", event.getMergesHeld().getBy());
      case MERGES_RELEASED -> facts("by", event.getMergesReleased().getBy());
      case MERGES_REORDERED ->
          facts(
              "first", event.getMergesReordered().getFirstList().stream().toList(),
              "by", event.getMergesReordered().getBy());
      case BLOCKER_RAISED ->
          facts(
              "fence", event.getBlockerRaised().getFence(),
              "blocker", event.getBlockerRaised().getBlocker(),
              "text", event.getBlockerRaised().getText(),
              "kept", event.getBlockerRaised().getKept());
      case BLOCKER_ANSWERED ->
          facts(
              "blocker", event.getBlockerAnswered().getBlocker(),
              "text", event.getBlockerAnswered().getText(),
              "by", event.getBlockerAnswered().getBy());
      case TASK_CHECKPOINTED ->
          facts(
              "fence", event.getTaskCheckpointed().getFence(),
              "text", event.getTaskCheckpointed().getText());
      case FILES_GRANTED ->
          facts(
              "fence", event.getFilesGranted().getFence(),
              "request", event.getFilesGranted().getRequest(),
              "files", files(event.getFilesGranted()));
      case TASK_APPROVED ->
          facts(
              "approval", event.getTaskApproved().getApproval(),
              "by", event.getTaskApproved().getBy(),
              "note", event.getTaskApproved().getNote());
      case TASK_REOPENED -> facts("reason", event.getTaskReopened().getReason());
      case RUN_CANCEL_REQUESTED -> facts("reason", event.getRunCancelRequested().getReason());
      case RUN_FINISHED ->
          facts(
              "state", name(event.getRunFinished().getState(), "RUN_STATE_"),
              "reason", event.getRunFinished().getReason());
      case TASK_LEASED ->
          facts(
              "agent", event.getTaskLeased().getAgent(),
              "fence", event.getTaskLeased().getFence(),
              "attempt", event.getTaskLeased().getAttempt());
      case TASK_RETURNED ->
          facts(
              "fence", event.getTaskReturned().getFence(),
              "reason", event.getTaskReturned().getReason());
      case TASK_STARTED -> facts("fence", event.getTaskStarted().getFence());
      case MILESTONE_REACHED ->
          facts(
              "fence", event.getMilestoneReached().getFence(),
              "milestone", event.getMilestoneReached().getMilestone());
      case TASK_REPORTED ->
          facts(
              "fence",
              event.getTaskReported().getFence(),
              "metrics",
              new TreeMap<>(event.getTaskReported().getMetricsMap()),
              "commit",
              event.getTaskReported().getCommit(),
              "outputs",
              new TreeMap<>(event.getTaskReported().getOutputsMap()));
      case ATTEMPT_FAILED ->
          facts(
              "fence", event.getAttemptFailed().getFence(),
              "cause", name(event.getAttemptFailed().getCause(), "FAILURE_CAUSE_"),
              "message", event.getAttemptFailed().getMessage(),
              "backoffSeconds",
                  Times.fromProto(event.getAttemptFailed().getBackoff()).toMillis() / 1e3);
      case TASK_DONE -> facts("fence", event.getTaskDone().getFence());
      case TASK_FAILED ->
          facts(
              "fence", event.getTaskFailed().getFence(),
              "cause", name(event.getTaskFailed().getCause(), "FAILURE_CAUSE_"),
              "message", event.getTaskFailed().getMessage());
      case TASK_HELD -> facts("reason", event.getTaskHeld().getReason());
      case TASK_CANCEL_REQUESTED -> facts("fence", event.getTaskCancelRequested().getFence());
      case TASK_CANCELLED -> facts("reason", event.getTaskCancelled().getReason());
      case TASK_SKIPPED ->
          facts(
              "reason", event.getTaskSkipped().getReason(),
              "byPerson", event.getTaskSkipped().getByPerson());
    };
  }

  static Map<String, Object> facts(Object... namesAndValues) {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      facts.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return facts;
  }

  /** Each file as it is written in a plan, with its mode before it. */
  private static List<String> files(FilesGranted granted) {
    return granted.getFilesList().stream()
        .map(file -> name(file.getMode(), "FILE_MODE_") + " " + file.getPath())
        .toList();
  }

  static String name(ProtocolMessageEnum value, String prefix) {
    String name = value.toString();
    return name.replace(prefix, "").toLowerCase(Locale.ROOT);
  }
}
