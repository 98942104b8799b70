package dev.makespan.core.run;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The planned order of merging: what a task needs goes before it; else what people have put first,
 * then the task that most work waits behind (its tail, {@link Tails}), then the plan's order.
 */
final class MergeOrder {

  private MergeOrder() {}

  /** All that waits, those at the end that can't be merged yet. */
  static List<BatchMember> all(Run run) {
    List<BatchMember> members = new ArrayList<>(mergeable(run));
    for (BatchMember member : inOrder(run)) {
      if (!members.contains(member)) {
        members.add(member);
      }
    }
    return members;
  }

  /**
   * What may be merged now. A task that began when a milestone of another was reached may be
   * accepted before that one, and waits while that one is worked on. Not longer: the other may wait
   * for files that this one has until it is merged.
   */
  static List<BatchMember> mergeable(Run run) {
    return inOrder(run).stream().filter(m -> isFree(run, run.indexOf(m.task()))).toList();
  }

  private static boolean isFree(Run run, int task) {
    for (Need need : run.task(task).needs()) {
      if (run.life(run.indexOf(need.task())).state().liveFence() != 0) {
        return false;
      }
    }
    return true;
  }

  private static List<BatchMember> inOrder(Run run) {
    Map<TaskId, Long> waiting = run.merges().waiting();
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<TaskId> first = run.merges().first();
    return waiting.entrySet().stream()
        .map(entry -> new BatchMember(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingInt((BatchMember m) -> placeAmong(first, m.task()))
                .thenComparingLong(m -> -run.tail(run.indexOf(m.task())))
                .thenComparingInt(m -> run.indexOf(m.task())))
        .toList();
  }

  private static int placeAmong(List<TaskId> first, TaskId task) {
    int place = first.indexOf(task);
    return place < 0 ? first.size() : place;
  }
}
