package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import dev.makespan.core.task.AgentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators have paused, as it stands. */
final class AgentPauses {

  static final AgentPauses NONE = new AgentPauses(List.of());

  private final List<AgentPause> all;
  private final Map<String, AgentPause> agents = new LinkedHashMap<>();
  private final Map<String, AgentPause> roles = new LinkedHashMap<>();

  AgentPauses(List<AgentPause> all) {
    this.all = List.copyOf(all);
    for (AgentPause pause : all) {
      switch (pause.kind()) {
        case AGENT -> agents.put(pause.name(), pause);
        case ROLE -> roles.put(pause.name(), pause);
      }
    }
  }

  boolean isSame(List<AgentPause> others) {
    return all.equals(others);
  }

  /** Those of its roles for which an agent may be given work. */
  List<Role> open(AgentId agent, List<Role> of) {
    if (all.isEmpty()) {
      return of;
    }
    return agents.containsKey(agent.value())
        ? List.of()
        : of.stream().filter(role -> !roles.containsKey(role.value())).toList();
  }

  /** All that keep an agent, or a role of it, from new work. */
  List<AgentPause> of(AgentId agent, List<Role> its) {
    List<AgentPause> found = new ArrayList<>();
    @Nullable AgentPause own = agents.get(agent.value());
    if (own != null) {
      found.add(own);
    }
    for (Role role : its) {
      @Nullable AgentPause ofRole = roles.get(role.value());
      if (ofRole != null) {
        found.add(ofRole);
      }
    }
    return found;
  }
}
