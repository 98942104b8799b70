package dev.makespan.gateway;

import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Messages of tests. */
final class Messages {

  private Messages() {}

  static TaskRef ref(long fence) {
    return new TaskRef(new RunId(1), new TaskId("build"), fence);
  }

  static AgentSays.Hello hello(String session) {
    return new AgentSays.Hello(
        new SessionId(session),
        new AgentId("agent-of-" + session),
        1,
        List.of(new Role("backend")),
        Map.of(),
        2,
        List.of(),
        List.of(),
        "test");
  }

  static AgentSays.Result result(TaskRef ref, String id) {
    return new AgentSays.Result(ref, id, AgentSays.Outcome.OK, "", Map.of(), List.of(), List.of());
  }

  static GatewaySays.Welcome welcome() {
    return welcome(Duration.ofSeconds(60));
  }

  static GatewaySays.Welcome welcome(Duration statusInterval) {
    return new GatewaySays.Welcome(
        List.of(), statusInterval, Duration.ofSeconds(30), Duration.ofSeconds(5));
  }

  static GatewaySays.Assign assign(TaskRef ref) {
    return new GatewaySays.Assign(ref, 1, Duration.ofSeconds(30), null, spec());
  }

  /** With a script of so many characters. */
  static GatewaySays.Assign largeAssign(TaskRef ref, int characters) {
    return new GatewaySays.Assign(
        ref, 1, Duration.ofSeconds(30), null, spec(new Work.Script("x".repeat(characters))));
  }

  private static TaskSpec spec() {
    return spec(new Work.AgentsDefault());
  }

  private static TaskSpec spec(Work work) {
    return new TaskSpec(
        "Build",
        new Role("backend"),
        Duration.ofMinutes(1),
        1,
        true,
        work,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "");
  }
}
