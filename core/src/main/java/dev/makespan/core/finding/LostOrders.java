package dev.makespan.core.finding;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Finds the orders that files ask for and that a changed plan no longer has: a task that reads or
 * writes what another changes came after it only by way of the need or the task that was changed.
 * Bounded by {@value #MAX_WALKED} tasks and {@value #MAX_COMPARED} pairs of tasks for one change.
 */
final class LostOrders {

  static final int MAX_WALKED = 20_000;
  static final int MAX_COMPARED = 1_000_000;

  private final TaskGraph before;
  private final NeedsGraph was;
  private final NeedsGraph after;
  private final PieceIndexes indexes;
  private final IntFunction<List<FileAccess>> touched;
  private final boolean firstWriterIsEnough;

  /**
   * @param after the needs of the changed plan; orders that are lost are added to them
   * @param touched what a task of the changed plan touches
   * @param indexes which tasks of the changed plan stand for which before
   * @param firstWriterIsEnough whether a piece that only reads a file need not wait for tasks that
   *     change it again
   */
  LostOrders(
      TaskGraph before,
      NeedsGraph after,
      IntFunction<List<FileAccess>> touched,
      PieceIndexes indexes,
      boolean firstWriterIsEnough) {
    this.before = before;
    this.was = NeedsGraph.of(before);
    this.after = after;
    this.touched = touched;
    this.indexes = indexes;
    this.firstWriterIsEnough = firstWriterIsEnough;
  }

  /**
   * Orders lost among what {@code provider} had behind it and what {@code consumer} has before it,
   * both included, as pairs of indexes in the changed plan; the fewest that imply the others.
   * Empty: more than the limits allow.
   *
   * @param provider an index in the plan before
   * @param consumer an index in the plan before; the same when the task was split
   * @param informed whether the consumer still has what it reads of the provider: by a milestone
   */
  Optional<List<int[]>> between(int provider, int consumer, boolean informed) {
    List<Integer> sources = indexes.expanded(Walk.backwards(before, provider, MAX_WALKED));
    if (sources.size() >= MAX_WALKED) {
      return Optional.empty();
    }
    int most = Math.min(MAX_WALKED, MAX_COMPARED / sources.size() + 1);
    List<Integer> targets = indexes.expanded(Walk.forwards(before, consumer, most));
    if (targets.size() >= most) {
      return Optional.empty();
    }
    Comparator<Integer> inOrder =
        Comparator.<Integer>comparingInt(task -> before.positionOf(indexes.before(task)))
            .thenComparingInt(task -> task);
    sources.sort(inOrder.reversed());
    targets.sort(inOrder);
    List<int[]> lost = new ArrayList<>();
    for (int source : sources) {
      boolean spared = informed && indexes.before(source) == provider;
      addLost(
          source,
          targets.stream().filter(t -> !spared || indexes.before(t) != consumer).toList(),
          sources,
          lost);
    }
    return Optional.of(lost);
  }

  private void addLost(int source, List<Integer> targets, List<Integer> sources, List<int[]> lost) {
    List<Integer> fed = targets.stream().filter(target -> flows(source, target)).toList();
    if (fed.isEmpty()) {
      return;
    }
    BitSet behind = was.finishedBefore(indexes.before(source));
    BitSet is = after.finishedBefore(source);
    for (int target : fed) {
      if (!is.get(target)
          && wasOrdered(source, target, behind)
          && !(firstWriterIsEnough && isRewrite(source, target, sources))) {
        lost.add(new int[] {source, target});
        after.add(source, target);
        is.or(after.startedAfter(target));
      }
    }
  }

  private boolean flows(int source, int target) {
    return source != target && FileFlows.flows(touched.apply(source), touched.apply(target));
  }

  private boolean wasOrdered(int source, int target, BitSet behind) {
    return indexes.before(source) == indexes.before(target)
        ? source < target
        : behind.get(indexes.before(target));
  }

  /** Whether a piece only reads what {@code source} changes, and had it from an earlier task. */
  private boolean isRewrite(int source, int target, List<Integer> sources) {
    if (!indexes.isPiece(target) || indexes.isPiece(source)) {
      return false;
    }
    List<FileAccess> fed = FileFlows.flowing(touched.apply(source), touched.apply(target));
    return fed.stream().allMatch(access -> access.mode() == FileMode.READ)
        && sources.stream().anyMatch(first -> isWriterBefore(first, source, fed));
  }

  private boolean isWriterBefore(int first, int source, List<FileAccess> fed) {
    return first != source
        && !indexes.isPiece(first)
        && FileFlows.flowing(touched.apply(first), fed).size() == fed.size()
        && was.finishedBefore(indexes.before(first)).get(indexes.before(source));
  }
}
