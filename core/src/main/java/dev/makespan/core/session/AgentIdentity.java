package dev.makespan.core.session;

import dev.makespan.core.plan.Role;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskRef;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who an agent is, the same over all of its streams. */
public record AgentIdentity(
    SessionId session,
    AgentId agent,
    int protocolVersion,
    List<Role> roles,
    Map<String, String> labels,
    int slots,
    String software) {

  public AgentIdentity {
    roles = List.copyOf(roles);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /** What it says first on a stream, with what it holds and owes. */
  public AgentSays.Hello hello(List<TaskRef> held, List<TaskRef> unacknowledged) {
    return new AgentSays.Hello(
        session, agent, protocolVersion, roles, labels, slots, held, unacknowledged, software);
  }
}
