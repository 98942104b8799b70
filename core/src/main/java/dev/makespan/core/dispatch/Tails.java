package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the work after a task's start takes at least: the longest path from it to the end, its
 * own duration included, in milliseconds of plan time.
 *
 * <p>Among tasks that could start now, least slack and longest tail are one order: both start at
 * the same time, so slack is the finish less the tail. Durations measured so far change the starts
 * that are past, not the tails.
 */
final class Tails {

  private Tails() {}

  /** By number of task in the plan's order. */
  static long[] of(Plan plan) {
    List<Task> tasks = plan.tasks();
    Map<TaskId, Integer> index = LinkedHashMap.newLinkedHashMap(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      index.put(tasks.get(i).id(), i);
    }
    int[] successors = new int[tasks.size()];
    for (Task task : tasks) {
      task.needs().forEach(need -> successors[index.getOrDefault(need.task(), 0)]++);
    }
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < successors.length; i++) {
      if (successors[i] == 0) {
        open.add(i);
      }
    }
    long[] tails = new long[tasks.size()];
    while (!open.isEmpty()) {
      int i = open.remove();
      tails[i] = Math.max(tails[i], tasks.get(i).duration().toMillis());
      for (int before : handOn(plan, index, i, tails)) {
        if (--successors[before] == 0) {
          open.add(before);
        }
      }
    }
    return withBarriers(plan, tails);
  }

  /** Lengthens the tails of what {@code i} needs; answers those, one for each need. */
  private static List<Integer> handOn(Plan plan, Map<TaskId, Integer> index, int i, long[] tails) {
    List<Integer> needed = new ArrayList<>();
    for (Need need : plan.tasks().get(i).needs()) {
      int before = index.getOrDefault(need.task(), 0);
      Task task = plan.tasks().get(before);
      long lag =
          need.milestone() == null
              ? task.duration().toMillis()
              : task.milestone(need.milestone()).after().toMillis();
      tails[before] = Math.max(tails[before], lag + tails[i]);
      needed.add(before);
    }
    return needed;
  }

  /** A task of a barrier phase is followed by the longest tail of all later phases. */
  private static long[] withBarriers(Plan plan, long[] tails) {
    long after = 0;
    for (int p = plan.phases().size() - 1; p >= 0; p--) {
      long beyond = plan.phases().get(p).barrier() ? after : 0;
      for (int i = 0; i < tails.length; i++) {
        if (plan.phases().get(p).id().equals(plan.tasks().get(i).placement().phase())) {
          tails[i] = Math.max(tails[i], plan.tasks().get(i).duration().toMillis() + beyond);
          after = Math.max(after, tails[i]);
        }
      }
    }
    return tails;
  }
}
