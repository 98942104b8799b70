package dev.makespan.scheduler;

import dev.makespan.core.dispatch.AgentPause;
import java.util.List;

/** The answer to who is there. */
public sealed interface AgentList {

  /**
   * The agents of the shards that are here.
   *
   * @param otherOwners addresses of replicas that own other shards
   */
  record Known(List<AgentHere> agents, List<AgentPause> pauses, List<String> otherOwners)
      implements AgentList {
    public Known {
      agents = List.copyOf(agents);
      pauses = List.copyOf(pauses);
      otherOwners = List.copyOf(otherOwners);
    }
  }

  /** Call again. */
  record Unavailable(String message) implements AgentList {}
}
