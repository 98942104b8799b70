package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.MemberOutcome.Kind;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Workspace;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.BatchSpec;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A run that merges, an agent that works, and all that is said. */
abstract class MergeTalk {

  static final RunId RUN = new RunId(1);
  static final String HEAD = "a".repeat(40);
  static final String NEXT = "b".repeat(40);

  final List<RunEvent> journal = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
  Instant now = Instant.EPOCH;
  RunSpec spec = spec("a 1h");

  static RunSpec spec(String... tasks) {
    return spec(PlanText.plan(tasks));
  }

  private static RunSpec spec(Plan plan) {
    Workspace workspace = new Workspace("/srv/app", "main", null, "make test", "make gen");
    return new RunSpec(RUN, plan.withWorkspace(workspace), 1, Map.of(), false, 1, Instant.EPOCH);
  }

  void start(String... tasks) {
    start(PlanText.plan(tasks));
  }

  void start(Plan plan) {
    spec = spec(plan);
    open("worker", "dev", 10);
    handle(new ShardInput.StartRun(spec));
  }

  List<BatchMember> batch() {
    return run().merges().batch();
  }

  BatchSpec batchSpec() {
    return Objects.requireNonNull(
        assigned("merger", Integration.TASK.value()).spec().surroundings().batch());
  }

  BatchMember member(String task) {
    return new BatchMember(new TaskId(task), life(task).attempts().getLast().fence());
  }

  static List<MemberOutcome> landed(List<BatchMember> members) {
    return members.stream()
        .map(member -> new MemberOutcome(member, Kind.LANDED, "", List.of()))
        .toList();
  }

  void land(String head, String published) {
    end(head, published, landed(batch()).toArray(MemberOutcome[]::new));
  }

  void end(String head, String published, MemberOutcome... members) {
    say(
        mergerOf(integration()),
        report(ref(Integration.TASK.value()), head, published, List.of(members)));
  }

  static String mergerOf(TaskState state) {
    return switch (state) {
      case TaskState.Leased s -> s.agent().value();
      case TaskState.Running s -> s.agent().value();
      default -> throw new AssertionError("nobody merges: " + state);
    };
  }

  static AgentSays.Result report(
      TaskRef batch, String head, String published, List<MemberOutcome> members) {
    return report(batch, head, published, members, List.of());
  }

  static AgentSays.Result report(
      TaskRef batch,
      String head,
      String published,
      List<MemberOutcome> members,
      List<Wired> wired) {
    return new AgentSays.Result(
        batch,
        "r" + batch.fence(),
        AgentSays.Outcome.OK,
        "",
        new BatchReport(head, published, members, 1, "", wired, List.of()));
  }

  void fail(AgentSays.Outcome outcome, String message) {
    TaskRef batch = ref(Integration.TASK.value());
    say("merger", new AgentSays.Result(batch, "f" + batch.fence(), outcome, message, null));
  }

  void succeed(String task) {
    say("worker", new AgentSays.Accept(ref(task)));
    result("worker", task, "c".repeat(40));
  }

  void result(String agent, String task, String commit) {
    TaskRef ref = ref(task);
    say(
        agent,
        new AgentSays.Result(
            ref,
            "r" + ref.fence(),
            AgentSays.Outcome.OK,
            "",
            Map.of(),
            List.of(),
            List.of(),
            commit,
            List.of(),
            Usage.NONE,
            Map.of()));
  }

  void open(String agent, String role, int slots) {
    hello(agent, role, slots, List.of());
  }

  void hello(String agent, String role, int slots, List<TaskRef> held) {
    handle(
        new ShardInput.SessionOpened(
            new AgentSays.Hello(
                new SessionId(agent),
                new AgentId(agent),
                1,
                List.of(new Role(role)),
                Map.of(),
                slots,
                held,
                List.of(),
                "test")));
  }

  void say(String agent, AgentSays message) {
    handle(new ShardInput.AgentSaid(new SessionId(agent), message));
  }

  void change(RunCommand command) {
    handle(new ShardInput.ChangeRun(RUN, command));
  }

  void pass(Duration time) {
    now = now.plus(time);
    handle(new ShardInput.Tick());
  }

  void handle(ShardInput input) {
    Outcome outcome = shard.handle(input, now);
    assertThat(outcome).isInstanceOf(Outcome.Step.class);
    Outcome.Step step = (Outcome.Step) outcome;
    journal.addAll(step.events());
    effects.addAll(step.effects());
  }

  GatewaySays.Assign assigned(String agent, String task) {
    GatewaySays.@Nullable Assign last = null;
    for (GatewaySays message : told(agent)) {
      if (message instanceof GatewaySays.Assign assign
          && assign.task().task().value().equals(task)) {
        last = assign;
      }
    }
    return Objects.requireNonNull(last, "no assignment of " + task);
  }

  List<GatewaySays.Verdict> verdicts(String agent) {
    List<GatewaySays.Verdict> verdicts = new ArrayList<>();
    for (GatewaySays message : told(agent)) {
      if (message instanceof GatewaySays.ResultAck ack) {
        verdicts.add(ack.verdict());
      }
    }
    return verdicts;
  }

  List<GatewaySays> told(String agent) {
    List<GatewaySays> told = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Tell tell && tell.session().equals(new SessionId(agent))) {
        told.add(tell.message());
      }
    }
    return told;
  }

  TaskRef ref(String task) {
    return new TaskRef(RUN, new TaskId(task), stateOf(task).liveFence());
  }

  TaskState stateOf(String task) {
    return life(task).state();
  }

  dev.makespan.core.task.TaskLife life(String task) {
    return run().life(run().indexOf(new TaskId(task)));
  }

  TaskState integration() {
    return stateOf(Integration.TASK.value());
  }

  Run run() {
    return Objects.requireNonNull(shard.findRun(RUN));
  }
}
