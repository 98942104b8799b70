package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Who gets an agent, over several runs; and who gets none since an operator says so. */
class FleetOrderTest {

  private static final SessionId SESSION = new SessionId("a1");

  private final Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
  private final List<String> heard = new ArrayList<>();
  private final List<TaskRef> assigned = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  @Test
  void whatIsTriedAgainGoesBeforeTheFirstTasksOfNewerRuns() {
    agent("dev");
    for (int run = 1; run <= 4; run++) {
      start(run, "a 1m backoff 1s");
    }

    fail();
    done();
    wait(2);
    done();

    assertThat(heard).containsExactly("1/a", "2/a", "3/a", "1/a");
  }

  @Test
  void aFirstTaskOfAHigherClassStillGoesFirst() {
    agent("dev");
    start(1, "a 1m backoff 1s");
    start(2, "a 1m");
    start(3, "a 1m priority P0");

    fail();
    wait(2);
    done();

    assertThat(heard).containsExactly("1/a", "3/a", "1/a");
  }

  @Test
  void whatIsTriedAgainIsChargedToItsRunAllTheSame() {
    agent("dev");
    start(1, "a 1m backoff 1s", "b 1m", "c 1m");
    start(2, "a 1m", "b 1m");

    fail();
    wait(2);
    done();
    done();
    done();

    assertThat(heard).containsExactly("1/a", "2/a", "1/a", "1/b", "2/b");
  }

  @Test
  void aPausedAgentIsToldAndGetsNothing() {
    agent("dev");
    pause(agentPause("a1"));
    start(1, "a 1m");

    assertThat(heard).containsExactly("Pause new disk");
    assertThat(shard.agents().getFirst().pauses()).extracting(AgentPause::name).contains("a1");
    assertThat(shard.agents().getFirst().free()).isZero();
    assertThat(reasons(1)).containsExactly("NoAgent");

    pause();

    assertThat(heard).containsExactly("Pause new disk", "Resume", "1/a");
  }

  @Test
  void aPauseOutlivesTheSession() {
    pause(agentPause("a1"));
    agent("dev");
    start(1, "a 1m");
    agent("dev");

    assertThat(heard).containsExactly("Pause new disk", "Pause new disk");
  }

  @Test
  void anAgentWithAPausedRoleWorksInItsOthers() {
    agent("dev", "test");
    pause(new AgentPause(AgentPause.Kind.ROLE, "dev", "", "ann", now));
    start(1, "a 1m", "b 1m role test");

    assertThat(heard).containsExactly("1/b");
    assertThat(reasons(1)).contains("NoAgent");
  }

  @Test
  void whatRunsGoesOnUnderAPause() {
    agent("dev");
    start(1, "a 1m", "b 1m");
    pause(agentPause("a1"));

    done();

    assertThat(heard).containsExactly("1/a", "Pause new disk");
    assertThat(shard.agents().getFirst().attempts()).isEmpty();
  }

  @Test
  void theSamePausesTwiceAreToldOnce() {
    agent("dev");
    pause(agentPause("a1"));
    pause(agentPause("a1"));

    assertThat(heard).containsExactly("Pause new disk");
  }

  private AgentPause agentPause(String agent) {
    return new AgentPause(AgentPause.Kind.AGENT, agent, "new disk", "ann", Instant.EPOCH);
  }

  private void pause(AgentPause... all) {
    hand(new ShardInput.AgentsPaused(List.of(all)));
  }

  private void agent(String... roles) {
    hand(
        new ShardInput.SessionOpened(
            new AgentSays.Hello(
                SESSION,
                new AgentId("a1"),
                AgentSays.PROTOCOL_VERSION,
                List.of(roles).stream().map(Role::new).toList(),
                Map.of(),
                1,
                List.of(),
                List.of(),
                "test")));
  }

  private void start(long run, String... plan) {
    hand(
        new ShardInput.StartRun(
            new RunSpec(new RunId(run), PlanText.plan(plan), 1, Map.of(), true, 1, now)));
  }

  private void fail() {
    end(AgentSays.Outcome.FAILED);
  }

  private void done() {
    now = now.plus(Duration.ofSeconds(10));
    end(AgentSays.Outcome.OK);
  }

  private void end(AgentSays.Outcome outcome) {
    TaskRef ref = assigned.getLast();
    hand(
        new ShardInput.AgentSaid(
            SESSION,
            new AgentSays.Result(
                ref, "r" + ref.fence(), outcome, "", Map.of(), List.of(), List.of())));
  }

  private void wait(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
    hand(new ShardInput.AgentSaid(SESSION, new AgentSays.Status(List.of(assigned.getLast()), 0)));
    hand(new ShardInput.Tick());
  }

  private List<String> reasons(long run) {
    Situation situation = shard.findSituation(new RunId(run), now);
    assertThat(situation).isNotNull();
    return Explain.of(situation, new TaskId("a")).tasks().getFirst().reasons().stream()
        .map(reason -> reason.getClass().getSimpleName())
        .toList();
  }

  private void hand(ShardInput input) {
    if (shard.handle(input, now) instanceof Outcome.Step step) {
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Tell(SessionId _, GatewaySays.Assign assign)) {
          assigned.add(assign.task());
          heard.add(assign.task().run() + "/" + assign.task().task());
        } else if (effect instanceof Effect.Tell(SessionId _, GatewaySays.Pause pause)) {
          heard.add("Pause " + pause.reason());
        } else if (effect instanceof Effect.Tell(SessionId _, GatewaySays.Resume _)) {
          heard.add("Resume");
        }
      }
    }
  }
}
