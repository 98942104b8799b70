package dev.makespan.cli;

import com.google.protobuf.Timestamp;
import dev.makespan.proto.run.v1.FailureCause;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunAmended;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskRun;
import dev.makespan.proto.run.v1.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a watcher knows of a run: its events, folded. Not thread-safe. */
final class RunBoard {

  /**
   * One task as it is shown.
   *
   * @param start of the latest attempt, since the run's start, in plan time; null: not yet
   * @param finish of the latest attempt; null: not yet
   */
  record Row(
      String task,
      TaskState state,
      String agent,
      int attempt,
      @Nullable Duration start,
      @Nullable Duration finish) {

    Row in(TaskState next) {
      return new Row(task, next, agent, attempt, start, finish);
    }

    Row at(@Nullable Duration from, @Nullable Duration to) {
      return new Row(task, state, agent, attempt, from, to);
    }
  }

  private final long id;
  private final double speed;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private RunState state = RunState.RUN_STATE_RUNNING;
  private String reason = "";
  private @Nullable Instant start;

  RunBoard(Run run) {
    id = run.getId();
    speed = run.getSpeed() > 0 ? run.getSpeed() : 1;
    for (TaskRun task : run.getTasksList()) {
      rows.put(
          task.getTask(), new Row(task.getTask(), TaskState.TASK_STATE_WAITING, "", 0, null, null));
    }
  }

  long id() {
    return id;
  }

  Collection<Row> rows() {
    return rows.values();
  }

  RunState state() {
    return state;
  }

  /** Why the run failed or was cancelled; empty otherwise. */
  String reason() {
    return reason;
  }

  long doneTasks() {
    return rows.values().stream().filter(row -> row.state() == TaskState.TASK_STATE_DONE).count();
  }

  /** Plan time since the first task started; empty before it. */
  Optional<Duration> sinceStart(Instant now) {
    return Optional.ofNullable(start).map(begin -> planTime(Duration.between(begin, now)));
  }

  private Duration planTime(Duration real) {
    return Duration.ofMillis(Math.round(real.toNanos() / 1e6 * speed));
  }

  /** Takes {@code event} in, and answers it as a line for people; empty: not worth one. */
  String take(RunEvent event) {
    Instant time = instant(event.getEventTime());
    if (event.getEventCase() == RunEvent.EventCase.TASK_STARTED && start == null) {
      start = time;
    }
    Duration at = sinceStart(time).orElse(Duration.ZERO);
    String said = event.getTask().isEmpty() ? ofRun(event) : ofTask(event, at);
    return said.isEmpty() ? "" : "%-10s %s".formatted(Texts.at(at), said);
  }

  private String ofRun(RunEvent event) {
    return switch (event.getEventCase()) {
      case RUN_CANCEL_REQUESTED -> {
        state = RunState.RUN_STATE_CANCELLING;
        yield "cancelling: " + event.getRunCancelRequested().getReason();
      }
      case RUN_PAUSED -> {
        state = RunState.RUN_STATE_PAUSED;
        yield "paused: " + event.getRunPaused().getReason();
      }
      case RUN_RESUMED -> {
        state = RunState.RUN_STATE_RUNNING;
        yield "resumed";
      }
      case RUN_REOPENED -> {
        state = RunState.RUN_STATE_RUNNING;
        reason = "";
        yield "goes on: " + event.getRunReopened().getReason();
      }
      case BUDGET_SET -> "other limits are set by " + event.getBudgetSet().getBy();
      case RUN_AMENDED -> amended(event.getRunAmended());
      case CHECKPOINT_APPROVED ->
          "%s of phase %s is approved by %s"
              .formatted(
                  event.getCheckpointApproved().getGate(),
                  event.getCheckpointApproved().getPhase(),
                  event.getCheckpointApproved().getBy());
      case BATCH_FORMED, BATCH_ENDED, MERGES_HELD, MERGES_RELEASED, MERGES_REORDERED ->
          MergesText.of(event);
      case RUN_FINISHED -> {
        state = event.getRunFinished().getState();
        reason = event.getRunFinished().getReason();
        yield "the run is " + States.name(state) + (reason.isEmpty() ? "" : ": " + reason);
      }
      default -> "";
    };
  }

  /** Tasks that are new stand at their place; those that are gone are not shown any more. */
  private String amended(RunAmended amended) {
    Map<String, Row> before = new LinkedHashMap<>(rows);
    rows.clear();
    amended
        .getPlan()
        .getTasksList()
        .forEach(
            task -> rows.put(task.getId(), before.getOrDefault(task.getId(), row(task.getId()))));
    return "goes on with version " + amended.getPlanVersion() + " of the plan";
  }

  private static Row row(String task) {
    return new Row(task, TaskState.TASK_STATE_WAITING, "", 0, null, null);
  }

  private String ofTask(RunEvent event, Duration at) {
    String task = event.getTask();
    if (task.equals(MergesText.INTEGRATION)) {
      return MergesText.ofIntegration(event);
    }
    Row row = rows.getOrDefault(task, row(task));
    return switch (event.getEventCase()) {
      case TASK_READY -> put(row.in(TaskState.TASK_STATE_READY), "");
      case TASK_LEASED ->
          put(
              new Row(
                  task,
                  TaskState.TASK_STATE_LEASED,
                  event.getTaskLeased().getAgent(),
                  event.getTaskLeased().getAttempt(),
                  null,
                  null),
              "");
      case TASK_RETURNED ->
          put(
              row.in(TaskState.TASK_STATE_READY),
              "was given back by %s: %s"
                  .formatted(row.agent(), event.getTaskReturned().getReason()));
      case TASK_STARTED ->
          put(
              row.in(TaskState.TASK_STATE_RUNNING).at(at, null),
              "started on "
                  + row.agent()
                  + (row.attempt() > 1 ? " (attempt " + row.attempt() + ")" : ""));
      case MILESTONE_REACHED ->
          task + " reached milestone " + event.getMilestoneReached().getMilestone();
      case TASK_REPORTED -> put(row.in(TaskState.TASK_STATE_VERIFYING), "");
      case ATTEMPT_FAILED ->
          put(
              row.in(TaskState.TASK_STATE_BACKOFF).at(row.start(), at),
              "failed on %s (%s): %s"
                  .formatted(
                      row.agent(),
                      cause(event.getAttemptFailed().getCause()),
                      event.getAttemptFailed().getMessage()));
      case TASK_QUEUED ->
          put(row.in(TaskState.TASK_STATE_INTEGRATING), "is accepted and waits to be merged");
      case TASK_DONE -> put(row.in(TaskState.TASK_STATE_DONE).at(row.start(), at), done(row, at));
      case TASK_FAILED ->
          put(
              row.in(TaskState.TASK_STATE_FAILED).at(row.start(), at),
              "has failed: " + event.getTaskFailed().getMessage());
      case BLOCKER_RAISED ->
          put(row.in(TaskState.TASK_STATE_HELD), "asks: " + event.getBlockerRaised().getText());
      case BLOCKER_ANSWERED ->
          put(
              row.in(TaskState.TASK_STATE_RUNNING),
              "is answered by %s: %s"
                  .formatted(
                      event.getBlockerAnswered().getBy(), event.getBlockerAnswered().getText()));
      case TASK_APPROVED ->
          put(
              row,
              "has the approval %s of %s"
                  .formatted(
                      event.getTaskApproved().getApproval(), event.getTaskApproved().getBy()));
      case TASK_REOPENED ->
          put(
              row.in(TaskState.TASK_STATE_WAITING),
              "waits again: " + event.getTaskReopened().getReason());
      case TASK_HELD ->
          put(row.in(TaskState.TASK_STATE_HELD), "is held: " + event.getTaskHeld().getReason());
      case TASK_CANCEL_REQUESTED -> put(row.in(TaskState.TASK_STATE_CANCELLING), "");
      case TASK_CANCELLED ->
          put(row.in(TaskState.TASK_STATE_CANCELLED).at(row.start(), at), "is cancelled");
      case TASK_SKIPPED ->
          put(
              row.in(TaskState.TASK_STATE_SKIPPED),
              "is skipped: " + event.getTaskSkipped().getReason());
      default -> "";
    };
  }

  private String put(Row row, String said) {
    rows.put(row.task(), row);
    return said.isEmpty() ? "" : row.task() + " " + said;
  }

  private static String done(Row row, Duration at) {
    return "done by "
        + row.agent()
        + (row.start() == null ? "" : " in " + Texts.duration(at.minus(row.start())));
  }

  private static String cause(FailureCause cause) {
    return switch (cause) {
      case FAILURE_CAUSE_WORK -> "the work";
      case FAILURE_CAUSE_INFRA -> "agent lost";
      case FAILURE_CAUSE_GATE -> "a gate";
      case FAILURE_CAUSE_UNSPECIFIED, UNRECOGNIZED -> "unknown cause";
    };
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
