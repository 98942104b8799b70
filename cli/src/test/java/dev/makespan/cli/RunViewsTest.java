package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.makespan.proto.run.v1.Blocker;
import dev.makespan.proto.run.v1.Checkpoint;
import dev.makespan.proto.run.v1.Explanation;
import dev.makespan.proto.run.v1.Reason;
import dev.makespan.proto.run.v1.ReasonKind;
import dev.makespan.proto.run.v1.RoleAgents;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunForecast;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskRun;
import dev.makespan.proto.run.v1.TaskState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunViewsTest {

  private static final Explanation EXPLANATION = explanation();

  @Test
  void anExplanationListsEveryReasonOfEveryTask() {
    assertThat(ExplanationView.text(EXPLANATION).lines())
        .containsExactly(
            "Run 12 is running",
            "  backend: 2 agents, 1 of 2 slots free",
            "",
            "upload is ready, and can start in 1m at the earliest",
            "  - x.rs is locked by schema");
  }

  @Test
  void anExplanationIsAlsoSaidToPrograms() {
    var json = ExplanationView.json(EXPLANATION);

    assertThat(json.at("/tasks/0/earliestStartTime").asText()).isEqualTo("1970-01-01T00:01:40Z");
    assertThat(json.at("/tasks/0/reasons/0/kind").asText()).isEqualTo("lock-held");
    assertThat(json.at("/tasks/0/reasons/0/path").asText()).isEqualTo("x.rs");
    assertThat(json.at("/roles/0/slots").asInt()).isEqualTo(2);
  }

  @Test
  void theStatusOfARunSaysWhatWaitsForSomebodyAndWhenItWillBeDone() {
    Run run =
        Run.newBuilder()
            .setId(12)
            .addCheckpoints(
                Checkpoint.newBuilder().setPhase("one").setGate("audit").setReached(true))
            .addTasks(
                TaskRun.newBuilder()
                    .setTask("upload")
                    .addBlockers(Blocker.newBuilder().setId("q").setText("which bucket?")))
            .build();
    RunForecast forecast =
        RunForecast.newBuilder()
            .setP50Remaining(seconds(60))
            .setP80Remaining(seconds(90))
            .setP95Remaining(seconds(120))
            .addWaitingForPerson("upload")
            .build();

    assertThat(StatusCommand.text(run, Optional.of(forecast)).lines())
        .containsExactly(
            "",
            "phase one waits: makespan approve 12 'audit' --phase one",
            "upload asks (q): which bucket?",
            "done in 1m (P50), 1m30s (P80), 2m (P95) of plan time, at 1970-01-01T00:00:00Z,"
                + " 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
            "and later if nobody attends to upload");
    assertThat(StatusCommand.text(Run.getDefaultInstance(), Optional.empty())).isEmpty();
  }

  @Test
  void aChangeSaysWhereTheTaskStandsNow() {
    Run run =
        Run.newBuilder()
            .setId(12)
            .setState(RunState.RUN_STATE_PAUSED)
            .addTasks(TaskRun.newBuilder().setTask("upload").setState(TaskState.TASK_STATE_READY))
            .build();

    assertThat(RunChangeOutput.of(run, new OutputOption())).isEqualTo("run 12 is paused");
    assertThat(RunChangeOutput.ofTask(run, "upload", new OutputOption()))
        .isEqualTo("task upload of run 12 is ready");
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static Timestamp second(long second) {
    return Timestamp.newBuilder().setSeconds(second).build();
  }

  private static Explanation explanation() {
    Explanation.Builder explanation =
        Explanation.newBuilder()
            .setRunId(12)
            .setState(RunState.RUN_STATE_RUNNING)
            .setExplainTime(second(40))
            .addRoles(
                RoleAgents.newBuilder().setRole("backend").setAgents(2).setSlots(2).setFree(1));
    explanation
        .addTasksBuilder()
        .setTask("upload")
        .setState(TaskState.TASK_STATE_READY)
        .setEarliestStartTime(second(100))
        .addReasons(
            Reason.newBuilder()
                .setKind(ReasonKind.REASON_KIND_LOCK_HELD)
                .setText("x.rs is locked by schema")
                .setPath("x.rs"));
    return explanation.build();
  }
}
