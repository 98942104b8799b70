package dev.makespan.core.finding;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Plan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the orders that files ask for and that a changed plan no longer has: a task that reads or
 * writes what another changes came after it only by way of the need or the task that was changed.
 * Bounded by {@value #MAX_WALKED} tasks and {@value #MAX_COMPARED} pairs of tasks for one change.
 */
final class LostOrders {

  static final int MAX_WALKED = 20_000;
  static final int MAX_COMPARED = 1_000_000;

  private final TaskGraph before;
  private final TaskGraph after;
  private final PieceIndexes indexes;
  private final List<List<FileAccess>> touched = new ArrayList<>();
  private final Map<Integer, List<Integer>> added = new LinkedHashMap<>();
  private final boolean firstWriterIsEnough;
  private final int[] position;

  /**
   * @param indexes which tasks of the changed plan stand for which before
   * @param firstWriterIsEnough whether a piece that only reads a file need not wait for tasks that
   *     change it again
   */
  LostOrders(TaskGraph before, Plan changed, PieceIndexes indexes, boolean firstWriterIsEnough) {
    this.before = before;
    this.after = TaskGraph.of(changed);
    this.indexes = indexes;
    this.firstWriterIsEnough = firstWriterIsEnough;
    changed.tasks().forEach(task -> touched.add(FileFlows.touchedBy(changed, task)));
    this.position = new int[before.size()];
    for (int i = 0; i < position.length; i++) {
      position[before.inOrder(i)] = i;
    }
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
    List<Integer> targets = indexes.expanded(Walk.forwards(before, consumer, MAX_WALKED));
    if (Math.max(sources.size(), targets.size()) >= MAX_WALKED
        || (long) sources.size() * targets.size() > MAX_COMPARED) {
      return Optional.empty();
    }
    Comparator<Integer> inOrder =
        Comparator.<Integer>comparingInt(task -> position[indexes.before(task)])
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
    BitSet was = Walk.finishedBefore(before, indexes.before(source), Map.of());
    BitSet is = Walk.finishedBefore(after, source, added);
    for (int target : fed) {
      if (!is.get(target)
          && wasOrdered(source, target, was)
          && !(firstWriterIsEnough && isRewrite(source, target, sources))) {
        lost.add(new int[] {source, target});
        added.computeIfAbsent(source, s -> new ArrayList<>()).add(target);
        is.or(Walk.startedAfter(after, target, added));
      }
    }
  }

  private boolean flows(int source, int target) {
    return source != target && FileFlows.flows(touched.get(source), touched.get(target));
  }

  private boolean wasOrdered(int source, int target, BitSet was) {
    return indexes.before(source) == indexes.before(target)
        ? source < target
        : was.get(indexes.before(target));
  }

  /** Whether a piece only reads what {@code source} changes, and had it from an earlier task. */
  private boolean isRewrite(int source, int target, List<Integer> sources) {
    if (!indexes.isPiece(target) || indexes.isPiece(source)) {
      return false;
    }
    List<FileAccess> fed = FileFlows.flowing(touched.get(source), touched.get(target));
    return fed.stream().allMatch(access -> access.mode() == FileMode.READ)
        && sources.stream().anyMatch(first -> isWriterBefore(first, source, fed));
  }

  private boolean isWriterBefore(int first, int source, List<FileAccess> fed) {
    return first != source
        && !indexes.isPiece(first)
        && FileFlows.flowing(touched.get(first), fed).size() == fed.size()
        && Walk.finishedBefore(before, indexes.before(first), Map.of()).get(indexes.before(source));
  }
}
