package dev.makespan.core.finding;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.graph.TaskGraph;
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
 * @param slot its place among the predecessors of the plan's graph
 * @param winsAtMost how much earlier the consumer could start without it, by needs alone, in
 *     milliseconds
 * @param slack of the consumer, by needs alone, in milliseconds
 */
record WholeNeed(int provider, int consumer, int slot, Need need, long winsAtMost, long slack) {

  /** What may win most goes first; a task that may slip has less to win. */
  static final Comparator<WholeNeed> BEST_FIRST =
      Comparator.<WholeNeed>comparingLong(need -> -Math.max(0, need.winsAtMost - need.slack))
          .thenComparingLong(need -> -need.winsAtMost)
          .thenComparingInt(WholeNeed::consumer)
          .thenComparingInt(WholeNeed::provider);

  /** All of the plan, in its order. */
  static List<WholeNeed> all(Plan plan, TaskGraph graph, CriticalPath path) {
    List<WholeNeed> all = new ArrayList<>();
    int[] times = new int[graph.size()];
    for (int consumer = 0; consumer < plan.tasks().size(); consumer++) {
      List<Need> needs = plan.tasks().get(consumer).needs();
      int begin = graph.predecessorsBegin(consumer);
      int end = begin + needs.size();
      long[] latest = latest(graph, path, consumer);
      count(graph, begin, end, times, 1);
      for (int i = 0; i < needs.size(); i++) {
        if (needs.get(i).milestone() == null && times[graph.predecessor(begin + i)] == 1) {
          all.add(of(graph, path, consumer, begin + i, needs.get(i), latest));
        }
      }
      count(graph, begin, end, times, -1);
    }
    return all;
  }

  /** How often each task is named by the needs from {@code begin} to {@code end}. */
  private static void count(TaskGraph graph, int begin, int end, int[] times, int more) {
    for (int slot = begin; slot < end; slot++) {
      times[graph.predecessor(slot)] += more;
    }
  }

  /** {@code latest}: where the consumer could start by its two latest predecessors. */
  private static WholeNeed of(
      TaskGraph graph, CriticalPath path, int consumer, int needSlot, Need need, long[] latest) {
    boolean isLatest = startBehind(graph, path, needSlot) == latest[0];
    return new WholeNeed(
        graph.predecessor(needSlot),
        consumer,
        needSlot,
        need,
        Math.max(0, path.earliestStart(consumer) - latest[isLatest ? 1 : 0]),
        path.totalSlack(consumer));
  }

  private static long[] latest(TaskGraph graph, CriticalPath path, int consumer) {
    long[] latest = new long[2];
    for (int slot = graph.predecessorsBegin(consumer);
        slot < graph.predecessorsEnd(consumer);
        slot++) {
      long start = startBehind(graph, path, slot);
      latest[1] = Math.max(latest[1], Math.min(latest[0], start));
      latest[0] = Math.max(latest[0], start);
    }
    return latest;
  }

  private static long startBehind(TaskGraph graph, CriticalPath path, int slot) {
    int provider = graph.predecessor(slot);
    long start = provider < graph.tasks() ? path.earliestStart(provider) : 0;
    return start + graph.predecessorLag(slot);
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
   * @param changes of the provider and of the consumer's needs alone
   * @param informed whether the consumer still waits for a milestone of the provider
   */
  Optional<List<PlanChange>> loosened(Scope scope, List<PlanChange> changes, boolean informed) {
    Plan both = scope.plan().withTasks(List.of(providerIn(scope), consumerIn(scope)));
    List<Need> needs = PlanChanges.apply(both, changes).tasks().get(1).needs();
    NeedsGraph after = NeedsGraph.with(scope.graph(), consumer, needs, scope.flows()::place);
    return new LostOrders(scope.graph(), after, scope.flows()::touched, PieceIndexes.SAME, false)
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
