package dev.makespan.core.session;

import dev.makespan.core.plan.Role;
import dev.makespan.core.task.AgentId;
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
}
