package dev.makespan.core.analysis;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.schedule.Schedule;
import java.util.Arrays;
import java.util.Comparator;
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

  /**
   * Per task its agent's number, from 1.
   *
   * @param byStart the tasks as {@link #byStart} has them
   */
  static int[] assign(Plan plan, Schedule schedule, int[] byStart) {
    Map<Role, Agents> byRole = new TreeMap<>();
    int[] slots = new int[plan.tasks().size()];
    for (int task : byStart) {
      Task placed = plan.tasks().get(task);
      long start = schedule.start(task);
      slots[task] =
          byRole
                  .computeIfAbsent(placed.role(), role -> new Agents())
                  .occupy(start, start + placed.duration().toMillis())
              + 1;
    }
    return slots;
  }

  /** The tasks by their starts; those that start together in the plan's order. */
  static int[] byStart(Schedule schedule, int tasks) {
    return IntStream.range(0, tasks)
        .boxed()
        .sorted(Comparator.comparingLong(schedule::start))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** When each agent of a role is free again. */
  private static final class Agents {
    private long[] freeFrom = new long[4];
    private int count;

    /** A task of no duration needs no agent of its own: it is noted at the first. */
    int occupy(long start, long finish) {
      if (start == finish) {
        return 0;
      }
      int agent = 0;
      while (agent < count && freeFrom[agent] > start) {
        agent++;
      }
      if (agent == count) {
        freeFrom = count == freeFrom.length ? Arrays.copyOf(freeFrom, count * 2) : freeFrom;
        count++;
      }
      freeFrom[agent] = finish;
      return agent;
    }
  }
}
