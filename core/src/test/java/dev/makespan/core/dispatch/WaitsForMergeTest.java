package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.merge.Integration;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Workspace;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.AgentId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Why accepted work is not done. */
class WaitsForMergeTest {

  private final Talk talk = new Talk();

  @Test
  void acceptedWorkSaysThatNobodyMergesAndItsPlaceInTheQueue() {
    begin();

    assertThat(reason("a")).isEqualTo(new Reason.WaitsForMerge(1, 2, null, 0, "", ""));
    assertThat(reason("b")).isEqualTo(new Reason.WaitsForMerge(2, 2, null, 0, "", ""));
  }

  @Test
  void whatIsMergedSaysByWhom() {
    begin();

    merger();

    assertThat(reason("a"))
        .isEqualTo(new Reason.WaitsForMerge(0, 0, new AgentId("merger"), 1, "", ""));
  }

  @Test
  void aHeldQueueSaysWhoHoldsIt() {
    begin();
    talk.change(new RunCommand.HoldMerges("release day", "ann"));

    merger();

    assertThat(reason("a"))
        .isEqualTo(new Reason.WaitsForMerge(1, 2, null, 1, "ann: release day", ""));
  }

  private void begin() {
    Workspace workspace = new Workspace("/srv/app", "main", null, "make test");
    talk.hello("a1", 2).start(PlanText.plan("a 1h", "b 1h").withWorkspace(workspace), false);
    for (String task : List.of("a", "b")) {
      talk.accept("a1", task);
      talk.say(
          "a1",
          new AgentSays.Result(
              talk.ref(task),
              "r-" + task,
              AgentSays.Outcome.OK,
              "",
              Map.of(),
              List.of(),
              List.of(),
              "a".repeat(40),
              List.of(),
              Usage.NONE,
              Map.of()));
    }
  }

  private void merger() {
    talk.hand(
        new ShardInput.SessionOpened(
            new AgentSays.Hello(
                new SessionId("merger"),
                new AgentId("merger"),
                AgentSays.PROTOCOL_VERSION,
                List.of(Integration.ROLE),
                Map.of(),
                1,
                List.of(),
                List.of(),
                "test")));
  }

  private Reason reason(String task) {
    Situation situation = talk.shard().findSituation(Talk.RUN, talk.now());
    assertThat(situation).isNotNull();
    List<Reason> reasons = Explain.of(situation, new TaskId(task)).tasks().getFirst().reasons();
    assertThat(reasons).hasSize(1);
    return reasons.getFirst();
  }
}
