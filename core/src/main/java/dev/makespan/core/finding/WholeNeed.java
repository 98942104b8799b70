package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A need of one task on all of another, by index, that is the only one between the two.
 *
 * @param winsAtMost how much earlier the consumer could start without it, by needs alone, in
 *     milliseconds
 * @param slack of the consumer, by needs alone, in milliseconds
 */
record WholeNeed(int provider, int consumer, Need need, long winsAtMost, long slack) {

  /** What may win most goes first; a task that may slip has less to win. */
  static final Comparator<WholeNeed> BEST_FIRST =
      Comparator.<WholeNeed>comparingLong(need -> -Math.max(0, need.winsAtMost - need.slack))
          .thenComparingLong(need -> -need.winsAtMost)
          .thenComparingInt(WholeNeed::consumer)
          .thenComparingInt(WholeNeed::provider);

  /** All of the plan, in its order. */
  static List<WholeNeed> all(Scope scope, FileFlows flows) {
    List<WholeNeed> all = new ArrayList<>();
    for (int consumer = 0; consumer < scope.plan().tasks().size(); consumer++) {
      for (Need need : scope.task(consumer).needs()) {
        int provider = flows.place(need.task());
        if (need.milestone() == null && flows.needsOn(consumer, need.task()).size() == 1) {
          all.add(of(scope, provider, consumer, need));
        }
      }
    }
    return all;
  }

  private static WholeNeed of(Scope scope, int provider, int consumer, Need need) {
    long others = 0;
    var graph = scope.graph();
    int end = graph.predecessorsEnd(consumer);
    for (int slot = graph.predecessorsBegin(consumer); slot < end; slot++) {
      int other = graph.predecessor(slot);
      if (other != provider) {
        long start = other < graph.tasks() ? scope.criticalPath().earliestStart(other) : 0;
        others = Math.max(others, start + graph.predecessorLag(slot));
      }
    }
    long now = scope.criticalPath().earliestStart(consumer);
    return new WholeNeed(
        provider,
        consumer,
        need,
        Math.max(0, now - others),
        scope.criticalPath().totalSlack(consumer));
  }

  Task providerIn(Scope scope) {
    return scope.task(provider);
  }

  Task consumerIn(Scope scope) {
    return scope.task(consumer);
  }

  /**
   * The changes that loosen this need, and the needs that keep the orders of files that went by way
   * of it; empty: too many tasks to look at.
   *
   * @param informed whether the consumer still waits for a milestone of the provider
   */
  Optional<List<PlanChange>> loosened(Scope scope, List<PlanChange> changes, boolean informed) {
    Plan changed = PlanChanges.apply(scope.plan(), changes);
    return new LostOrders(scope.graph(), changed, PieceIndexes.SAME, false)
        .between(provider, consumer, informed)
        .map(lost -> {
          List<PlanChange> all = new ArrayList<>(changes);
          lost.forEach(pair -> all.add(kept(scope, pair)));
          return all;
        });
  }

  private static PlanChange kept(Scope scope, int[] pair) {
    TaskId first = scope.id(pair[0]);
    return new PlanChange.AddNeed(scope.id(pair[1]), Need.of(first));
  }
}
