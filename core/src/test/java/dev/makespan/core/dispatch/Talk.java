package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** A shard, every word that a test says to it, and every word that it answers. One run. */
final class Talk {

  static final Instant T0 = Instant.EPOCH;
  static final RunId RUN = new RunId(1);

  private final Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
  private final List<String> heard = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private Instant now = T0;

  Shard shard() {
    return shard;
  }

  Instant now() {
    return now;
  }

  Talk start(String... lines) {
    return start(PlanText.plan(lines), true);
  }

  Talk start(Plan plan, boolean simulated) {
    hand(new ShardInput.StartRun(new RunSpec(RUN, plan, 1, Map.of(), simulated, 1, T0)));
    return this;
  }

  /** An agent whose session has its name. */
  Talk hello(String agent, int slots, TaskRef... held) {
    return hello(agent, agent, slots, List.of(held), List.of());
  }

  Talk hello(
      String agent, String session, int slots, List<TaskRef> held, List<TaskRef> unacknowledged) {
    hand(
        new ShardInput.SessionOpened(
            new AgentSays.Hello(
                new SessionId(session),
                new AgentId(agent),
                AgentSays.PROTOCOL_VERSION,
                List.of(new Role("dev")),
                Map.of(),
                slots,
                held,
                unacknowledged,
                "test")));
    return this;
  }

  Talk say(String session, AgentSays message) {
    hand(new ShardInput.AgentSaid(new SessionId(session), message));
    return this;
  }

  Talk accept(String agent, String task) {
    return say(agent, new AgentSays.Accept(ref(task)));
  }

  Talk change(String task, TaskCommand command) {
    return change(new RunCommand.OnTask(new TaskId(task), command));
  }

  Talk change(RunCommand command) {
    hand(new ShardInput.ChangeRun(RUN, command));
    return this;
  }

  Talk wait(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
    hand(new ShardInput.Tick());
    return this;
  }

  Outcome hand(ShardInput input) {
    heard.clear();
    effects.clear();
    Outcome outcome = shard.handle(input, now);
    if (outcome instanceof Outcome.Step step) {
      effects.addAll(step.effects());
      step.effects().forEach(effect -> heard.add(word(effect)));
    }
    return outcome;
  }

  private static String word(Effect effect) {
    return switch (effect) {
      case Effect.CloseSession(SessionId session, String reason) ->
          session + " is closed: " + reason;
      case Effect.Tell(SessionId session, GatewaySays message) -> session + " " + word(message);
    };
  }

  private static String word(GatewaySays message) {
    String name = message.getClass().getSimpleName();
    return switch (message) {
      case GatewaySays.Welcome m ->
          name
              + m.held().stream()
                  .map(held -> " " + held.task().task() + (held.continues() ? "+" : "-"))
                  .reduce("", String::concat);
      case GatewaySays.Assign m -> name + " " + m.task().task();
      case GatewaySays.LeaseRenewed m -> name + " " + m.task().task() + " " + m.lease().toSeconds();
      case GatewaySays.LeaseLost m -> name + " " + m.task().task();
      case GatewaySays.Cancel m -> name + " " + m.task().task();
      case GatewaySays.Retract m -> name + " " + m.task().task();
      case GatewaySays.ResultAck m -> name + " " + m.task().task() + " " + m.verdict();
      case GatewaySays.Answer m -> name + " " + m.requestId() + " " + m.text();
      case GatewaySays.Warning m -> name + " " + m.task().task() + " " + m.text();
      case GatewaySays.Pause _, GatewaySays.Resume _, GatewaySays.GoAway _ -> name;
      case GatewaySays.Nack m -> name + " " + m.reason();
    };
  }

  /** What the last input made the shard say, such as {@code a1 Assign x}. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** The last assignment of a task, as the last input made it. */
  GatewaySays.Assign assigned() {
    return effects.stream()
        .filter(effect -> effect instanceof Effect.Tell(_, GatewaySays.Assign _))
        .map(effect -> (GatewaySays.Assign) ((Effect.Tell) effect).message())
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  Run run() {
    return Objects.requireNonNull(shard.findRun(RUN));
  }

  TaskLife life(String task) {
    return run().life(run().indexOf(new TaskId(task)));
  }

  String state(String task) {
    return life(task).state().getClass().getSimpleName();
  }

  Attempt.Outcome outcome(String task) {
    return life(task).attempts().getLast().outcome();
  }

  /** The latest attempt of a task. */
  TaskRef ref(String task) {
    return new TaskRef(RUN, new TaskId(task), life(task).attempts().getLast().fence());
  }

  /** An attempt of a task that nobody has. */
  static TaskRef unknown(String task) {
    return new TaskRef(RUN, new TaskId(task), 1);
  }

  AgentSays.Result result(String task, AgentSays.GateReport... gates) {
    return new AgentSays.Result(
        ref(task), "r-1", AgentSays.Outcome.OK, "", Map.of(), List.of(gates), List.of());
  }
}
