package dev.makespan.planner;

import java.util.List;

/** The agents that are there or still hold something, and all that is paused. */
public record ObservedFleet(List<ObservedAgent> agents, List<ObservedPause> pauses) {

  public ObservedFleet {
    agents = List.copyOf(agents);
    pauses = List.copyOf(pauses);
  }
}
