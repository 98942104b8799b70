package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** A shard, and agents whose every step a test decides. */
final class Floor {

  private final Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
  private final Map<String, Assignment> running = new LinkedHashMap<>();
  private final List<String> started = new ArrayList<>();
  private Instant now = Rehearsal.T0;

  private record Assignment(SessionId session, TaskRef task) {}

  Floor start(long run, String... lines) {
    return start(run, PlanText.plan(lines));
  }

  Floor start(long run, Plan plan) {
    hand(new ShardInput.StartRun(new RunSpec(new RunId(run), plan, 1, Map.of(), true, 1, now)));
    return this;
  }

  Floor agents(String role, int count) {
    for (int i = 1; i <= count; i++) {
      agent(role + "-" + i, 1, role);
    }
    return this;
  }

  Floor agent(String id, int slots, String... roles) {
    List<Role> all = new ArrayList<>();
    for (String role : roles) {
      all.add(new Role(role));
    }
    hand(
        new ShardInput.SessionOpened(
            new AgentSays.Hello(
                new SessionId(id),
                new AgentId(id),
                AgentSays.PROTOCOL_VERSION,
                all,
                Map.of(),
                slots,
                List.of(),
                List.of(),
                "test")));
    return this;
  }

  void leave(String agent) {
    hand(new ShardInput.SessionClosed(new SessionId(agent), "gone"));
  }

  void wait(Duration time) {
    now = now.plus(time);
    for (Assignment live : List.copyOf(running.values())) {
      hand(new ShardInput.AgentSaid(live.session(), new AgentSays.Status(List.of(live.task()), 0)));
    }
    hand(new ShardInput.Tick());
  }

  /** The task succeeds; by its name, of whichever run. */
  void finish(String task) {
    Assignment done = Objects.requireNonNull(running.remove(task), task);
    AgentSays.Result result =
        new AgentSays.Result(
            done.task(),
            "r" + done.task().fence(),
            AgentSays.Outcome.OK,
            "",
            Map.of(),
            List.of(),
            List.of());
    hand(new ShardInput.AgentSaid(done.session(), result));
  }

  void refuseIfNotBegun(String task) {
    TaskRef ref = Objects.requireNonNull(running.get(task), task).task();
    Run run = run(ref.run().value());
    if (run.life(run.indexOf(ref.task())).state() instanceof TaskState.Leased) {
      refuse(task);
    }
  }

  void refuse(String task) {
    Assignment back = Objects.requireNonNull(running.remove(task), task);
    hand(new ShardInput.AgentSaid(back.session(), new AgentSays.Refuse(back.task(), "no")));
  }

  private void hand(ShardInput input) {
    if (shard.handle(input, now) instanceof Outcome.Step step) {
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Tell(SessionId session, GatewaySays.Assign assign)) {
          String task = assign.task().task().value();
          running.put(task, new Assignment(session, assign.task()));
          started.add(task);
        }
      }
    }
  }

  /** All agents say that they have begun what they were given. */
  Floor begin() {
    for (Assignment live : List.copyOf(running.values())) {
      hand(new ShardInput.AgentSaid(live.session(), new AgentSays.Accept(live.task())));
    }
    return this;
  }

  /** What runs, in the order of its start. */
  List<String> running() {
    return List.copyOf(running.keySet());
  }

  /** All that was started, in order. */
  List<String> started() {
    return started;
  }

  String agentOf(String task) {
    return Objects.requireNonNull(running.get(task), task).session().toString();
  }

  Books books() {
    return shard.books();
  }

  Instant now() {
    return now;
  }

  long examined() {
    return shard.examined();
  }

  Run run(long id) {
    return Objects.requireNonNull(shard.findRun(new RunId(id)));
  }
}
