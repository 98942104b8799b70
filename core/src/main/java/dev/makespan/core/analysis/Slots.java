package dev.makespan.core.analysis;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Schedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Gives each task one of its role's agents: the tasks of a role in the order of their starts, each
 * the lowest number that is free. A schedule that keeps the pools never needs more agents than
 * there are.
 */
final class Slots {

  private Slots() {}

  /** Per task its agent's number, from 1. */
  static int[] assign(Plan plan, Schedule schedule) {
    Map<Role, List<Long>> freeFrom = new TreeMap<>();
    int[] slots = new int[plan.tasks().size()];
    List<Integer> byStart =
        IntStream.range(0, slots.length)
            .boxed()
            .sorted(Comparator.comparingLong(schedule::start))
            .toList();
    for (int task : byStart) {
      List<Long> agents =
          freeFrom.computeIfAbsent(plan.tasks().get(task).role(), role -> new ArrayList<>());
      long start = schedule.start(task);
      slots[task] = occupy(agents, start, start + plan.tasks().get(task).duration().toMillis()) + 1;
    }
    return slots;
  }

  /** A task of no duration needs no agent of its own: it is noted at the first. */
  private static int occupy(List<Long> agents, long start, long finish) {
    if (start == finish) {
      return 0;
    }
    for (int i = 0; i < agents.size(); i++) {
      if (agents.get(i) <= start) {
        agents.set(i, finish);
        return i;
      }
    }
    agents.add(finish);
    return agents.size() - 1;
  }
}
