package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.makespan.proto.plan.v1.Plan;
import dev.makespan.proto.plan.v1.Task;
import dev.makespan.proto.run.v1.AttemptFailed;
import dev.makespan.proto.run.v1.BlockerRaised;
import dev.makespan.proto.run.v1.FailureCause;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunAmended;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.RunFinished;
import dev.makespan.proto.run.v1.RunPaused;
import dev.makespan.proto.run.v1.RunResumed;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskDone;
import dev.makespan.proto.run.v1.TaskLeased;
import dev.makespan.proto.run.v1.TaskReady;
import dev.makespan.proto.run.v1.TaskRun;
import dev.makespan.proto.run.v1.TaskStarted;
import dev.makespan.proto.run.v1.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunBoardTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RunBoard board =
      new RunBoard(
          Run.newBuilder()
              .setId(7)
              .setSpeed(3600)
              .addTasks(TaskRun.newBuilder().setTask("a"))
              .addTasks(TaskRun.newBuilder().setTask("b"))
              .build());

  @Test
  void aTaskIsToldFromItsStartToItsEndInPlanTime() {
    List<String> lines =
        List.of(
            board.take(event("a", 0).setTaskReady(TaskReady.getDefaultInstance()).build()),
            board.take(event("a", 0).setTaskLeased(leased("backend-1", 1)).build()),
            board.take(event("a", 0).setTaskStarted(TaskStarted.getDefaultInstance()).build()),
            board.take(event("a", 2000).setTaskDone(TaskDone.getDefaultInstance()).build()));

    assertThat(lines)
        .containsExactly(
            "", "", "T+0s       a started on backend-1", "T+2h       a done by backend-1 in 2h");
    assertThat(board.doneTasks()).isEqualTo(1);
    assertThat(board.sinceStart(START.plusMillis(500))).contains(Duration.ofMinutes(30));
  }

  @Test
  void aLostAgentIsToldAndTheNextAttemptIsCounted() {
    board.take(event("a", 0).setTaskLeased(leased("backend-1", 1)).build());
    board.take(event("a", 0).setTaskStarted(TaskStarted.getDefaultInstance()).build());

    String lost =
        board.take(
            event("a", 1000)
                .setAttemptFailed(
                    AttemptFailed.newBuilder()
                        .setCause(FailureCause.FAILURE_CAUSE_INFRA)
                        .setMessage("the lease ran out"))
                .build());
    board.take(event("a", 1000).setTaskLeased(leased("backend-2", 2)).build());
    String again =
        board.take(event("a", 1000).setTaskStarted(TaskStarted.getDefaultInstance()).build());

    assertThat(lost).isEqualTo("T+1h       a failed on backend-1 (agent lost): the lease ran out");
    assertThat(again).isEqualTo("T+1h       a started on backend-2 (attempt 2)");
  }

  @Test
  void whatPeopleDoIsToldAndAnAmendedPlanShowsItsTasks() {
    List<String> lines =
        List.of(
            board.take(
                event("", 0).setRunPaused(RunPaused.newBuilder().setReason("lunch")).build()),
            board.take(event("", 0).setRunResumed(RunResumed.getDefaultInstance()).build()),
            board.take(
                event("a", 0)
                    .setBlockerRaised(BlockerRaised.newBuilder().setText("which one?"))
                    .build()),
            board.take(
                event("", 0)
                    .setRunAmended(
                        RunAmended.newBuilder()
                            .setPlanVersion(2)
                            .setPlan(
                                Plan.newBuilder()
                                    .addTasks(Task.newBuilder().setId("new"))
                                    .addTasks(Task.newBuilder().setId("a"))))
                    .build()));

    assertThat(lines)
        .containsExactly(
            "T+0s       paused: lunch",
            "T+0s       resumed",
            "T+0s       a asks: which one?",
            "T+0s       goes on with version 2 of the plan");
    assertThat(board.rows()).extracting(RunBoard.Row::task).containsExactly("new", "a");
    assertThat(board.rows())
        .extracting(RunBoard.Row::state)
        .containsExactly(TaskState.TASK_STATE_WAITING, TaskState.TASK_STATE_HELD);
  }

  @Test
  void theEndOfTheRunSaysWhy() {
    String line =
        board.take(
            event("", 0)
                .setRunFinished(
                    RunFinished.newBuilder()
                        .setState(RunState.RUN_STATE_FAILED)
                        .setReason("a has failed"))
                .build());

    assertThat(line).endsWith("the run is failed: a has failed");
    assertThat(States.exitCode(board.state())).isEqualTo(ExitCodes.RUN_FAILED);
  }

  @Test
  void aFrameShowsBarsAndNeverPassesTheEdge() {
    board.take(event("a", 0).setTaskLeased(leased("backend-1", 1)).build());
    board.take(event("a", 0).setTaskStarted(TaskStarted.getDefaultInstance()).build());

    List<String> wide =
        new RunFrame("plan", new Terminal(true, false, 80, 24))
            .lines(board, Duration.ofHours(1), Duration.ofHours(4));
    List<String> narrow =
        new RunFrame("plan", new Terminal(true, false, 30, 24))
            .lines(board, Duration.ofHours(1), Duration.ofHours(4));

    assertThat(wide.getFirst()).isEqualTo("plan  run 7 running  T+1h of about 4h  0 of 2 done");
    assertThat(wide.get(1)).matches("  a  running +backend-1 +>+\\.+");
    assertThat(wide.get(2)).matches("  b  waiting +\\.+");
    assertThat(narrow).allMatch(line -> line.length() < 30);
  }

  @Test
  void coloursAreLeftOutWhereTheyAreNotWanted() {
    List<String> plain =
        new RunFrame("plan", new Terminal(true, false, 80, 24))
            .lines(board, Duration.ZERO, Duration.ofHours(4));
    board.take(event("a", 0).setTaskDone(TaskDone.getDefaultInstance()).build());
    List<String> coloured =
        new RunFrame("plan", new Terminal(true, true, 80, 24))
            .lines(board, Duration.ZERO, Duration.ofHours(4));

    assertThat(plain).noneMatch(line -> line.contains("\033["));
    assertThat(coloured.get(1)).contains("\033[32mdone\033[0m");
  }

  @Test
  void whatMovesIsShownFirstWhenThereIsNoRoom() {
    Run.Builder run = Run.newBuilder().setId(1).setSpeed(1);
    for (int i = 0; i < 100; i++) {
      run.addTasks(TaskRun.newBuilder().setTask("t" + i));
    }
    RunBoard large = new RunBoard(run.build());
    large.take(event("t50", 0).setTaskLeased(leased("x", 1)).build());
    large.take(event("t50", 0).setTaskStarted(TaskStarted.getDefaultInstance()).build());

    List<String> lines =
        new RunFrame("plan", new Terminal(true, false, 80, 10))
            .lines(large, Duration.ZERO, Duration.ofHours(4));

    assertThat(lines).hasSizeLessThan(10).anyMatch(line -> line.contains("t50"));
    assertThat(lines.getLast()).isEqualTo("  and 99 more tasks");
  }

  private static TaskLeased leased(String agent, int attempt) {
    return TaskLeased.newBuilder().setAgent(agent).setAttempt(attempt).setFence(1).build();
  }

  private static RunEvent.Builder event(String task, long millis) {
    Instant time = START.plusMillis(millis);
    return RunEvent.newBuilder()
        .setTask(task)
        .setEventTime(
            Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()));
  }
}
