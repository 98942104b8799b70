package dev.makespan.core.session;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One of each message. */
final class Samples {

  static final Instant START = Instant.EPOCH;
  static final TaskRef REF = ref(1);

  private Samples() {}

  static TaskRef ref(long fence) {
    return new TaskRef(new RunId(1), new TaskId("build"), fence);
  }

  static AgentSays.Hello hello(List<TaskRef> held, List<TaskRef> unacknowledged) {
    return new AgentSays.Hello(
        new SessionId("s-1"),
        new AgentId("a-1"),
        1,
        List.of(new Role("backend")),
        Map.of(),
        1,
        held,
        unacknowledged,
        "test");
  }

  static AgentSays.Result result(TaskRef ref) {
    return new AgentSays.Result(
        ref, "r-1", AgentSays.Outcome.OK, "", Map.of(), List.of(), List.of());
  }

  static List<AgentSays> agentSays() {
    return List.of(
        hello(List.of(), List.of()),
        new AgentSays.Capacity(1),
        new AgentSays.Accept(REF),
        new AgentSays.Refuse(REF, "no"),
        new AgentSays.Started(REF),
        new AgentSays.Progress(REF, 50, ""),
        new AgentSays.MilestoneReached(REF, new MilestoneId("half")),
        new AgentSays.SlotFree(REF),
        result(REF),
        new AgentSays.RaiseBlocker(REF, "b-1", "Which key?", true),
        new AgentSays.RequestFiles(
            REF,
            "f-1",
            List.of(new FileAccess(new FilePattern("src/b.rs"), FileMode.WRITE)),
            "it imports it"),
        new AgentSays.Status(List.of(REF), 0),
        new AgentSays.Cancelled(REF, "TERM"),
        new AgentSays.Draining("leaving"));
  }

  static GatewaySays.Welcome welcome(GatewaySays.HeldDecision... held) {
    return new GatewaySays.Welcome(
        List.of(held), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  static GatewaySays.Assign assign(TaskRef ref) {
    return new GatewaySays.Assign(ref, 1, Duration.ofSeconds(30), Duration.ofHours(1), spec());
  }

  static TaskSpec spec() {
    return new TaskSpec(
        "Build",
        new Role("backend"),
        Duration.ofMinutes(1),
        1,
        false,
        new Work.AgentsDefault(),
        Map.of(),
        List.of(),
        List.of(new Milestone(new MilestoneId("half"), "", Duration.ofSeconds(30))),
        List.of(),
        List.of(),
        List.of(),
        "");
  }

  static List<GatewaySays> gatewaySays() {
    return List.of(
        welcome(),
        assign(REF),
        new GatewaySays.LeaseRenewed(REF, Duration.ofSeconds(30)),
        new GatewaySays.LeaseLost(REF),
        new GatewaySays.Cancel(REF, Duration.ofSeconds(10), "asked"),
        new GatewaySays.Retract(REF),
        new GatewaySays.ResultAck(REF, "r-1", GatewaySays.Verdict.COMMITTED, ""),
        new GatewaySays.Answer(REF, "b-1", GatewaySays.Ruling.GRANTED, "The old one"),
        new GatewaySays.Warning(REF, "task b writes x, too"),
        new GatewaySays.Pause("asked"),
        new GatewaySays.Resume(),
        new GatewaySays.GoAway("moving"),
        new GatewaySays.Nack("what?"));
  }
}
