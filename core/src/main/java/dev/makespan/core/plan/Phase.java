package dev.makespan.core.plan;

import java.util.List;

/**
 * A named part of the plan, in the plan's order.
 *
 * @param barrier every task of the later phases waits for all tasks of this one
 * @param checkpoint what must hold before the later phases open; if there is any, they wait as
 *     behind a barrier
 */
public record Phase(PhaseId id, String title, boolean barrier, List<Gate> checkpoint) {

  public Phase {
    checkpoint = List.copyOf(checkpoint);
  }

  /** Whether every task of the later phases waits for all tasks of this one. */
  public boolean keepsLaterOnesWaiting() {
    return barrier || !checkpoint.isEmpty();
  }
}
