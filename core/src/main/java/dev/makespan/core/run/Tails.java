package dev.makespan.core.run;

import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskIndex;
import java.util.List;

/**
 * How long the work after a task's start takes at least: the longest path from it to the end, its
 * own duration included, in milliseconds of plan time.
 *
 * <p>Among tasks that could start now, least slack and longest tail are one order: both start at
 * the same time, so slack is the finish less the tail. Durations measured so far change the starts
 * that are past, not the tails.
 */
public final class Tails {

  private Tails() {}

  /** By number of task in the plan's order. */
  public static long[] of(Plan plan) {
    List<Task> tasks = plan.tasks();
    TaskIndex index = TaskIndex.of(tasks);
    int[] successors = new int[tasks.size()];
    for (Task task : tasks) {
      for (Need need : task.needs()) {
        successors[index.find(need.task())]++;
      }
    }
    int[] open = new int[tasks.size()];
    int opened = 0;
    for (int i = 0; i < successors.length; i++) {
      if (successors[i] == 0) {
        open[opened++] = i;
      }
    }
    long[] tails = new long[tasks.size()];
    for (int next = 0; next < opened; next++) {
      int i = open[next];
      tails[i] = Math.max(tails[i], tasks.get(i).duration().toMillis());
      for (Need need : tasks.get(i).needs()) {
        int before = index.find(need.task());
        tails[before] = Math.max(tails[before], lagMillis(tasks.get(before), need) + tails[i]);
        if (--successors[before] == 0) {
          open[opened++] = before;
        }
      }
    }
    return withBarriers(plan, tails);
  }

  /** From the start of {@code before} until it meets {@code need}. */
  private static long lagMillis(Task before, Need need) {
    return need.milestone() == null
        ? before.duration().toMillis()
        : before.milestone(need.milestone()).after().toMillis();
  }

  /** A task of a barrier phase is followed by the longest tail of all later phases. */
  private static long[] withBarriers(Plan plan, long[] tails) {
    long after = 0;
    for (int p = plan.phases().size() - 1; p >= 0; p--) {
      long beyond = plan.phases().get(p).keepsLaterOnesWaiting() ? after : 0;
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
