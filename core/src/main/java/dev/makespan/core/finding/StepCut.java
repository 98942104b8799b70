package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Makes each step of one task a task of its own, with the needs that its files ask for. A step that
 * names nothing that it reads could read anything, so it keeps the place it has.
 */
final class StepCut {

  private final Plan plan;
  private final TaskGraph graph;
  private final FileFlows flows;
  private final Pieces pieces;
  private final int place;
  private final Task task;
  private final List<List<FileAccess>> touched = new ArrayList<>();

  /** Per step the earlier steps that it waits for, by way of others too. */
  private final List<BitSet> waitsFor = new ArrayList<>();

  /** Per step what its piece needs. */
  private final List<Set<Need>> needs = new ArrayList<>();

  StepCut(Plan plan, TaskGraph graph, FileFlows flows, Pieces pieces, int place) {
    this.plan = plan;
    this.graph = graph;
    this.flows = flows;
    this.pieces = pieces;
    this.place = place;
    this.task = plan.tasks().get(place);
    for (int i = 0; i < task.steps().size(); i++) {
      touched.add(Steps.touched(plan, task, i));
      needs.add(new LinkedHashSet<>());
    }
  }

  /**
   * The cut as changes, and whether it loosens anything: some piece may start, or some successor,
   * before all that it waits for now.
   *
   * @param isLoose false: every piece still waits for all and every successor for every piece
   */
  record Cut(List<PlanChange> changes, boolean isLoose) {}

  /**
   * Empty: the plan is too large to keep the orders of its files.
   *
   * @param firstWriterIsEnough whether a piece need not wait for tasks that change again what it
   *     reads
   */
  Optional<Cut> cut(boolean firstWriterIsEnough) {
    orderSteps();
    addNeedsOfAll();
    List<PlanChange> successors = successors();
    Plan rough = PlanChanges.apply(plan, changes(successors));
    PieceIndexes indexes = new PieceIndexes(place, task.steps().size());
    return new LostOrders(
            graph,
            NeedsGraph.of(TaskGraph.of(rough)),
            changed -> FileFlows.touchedBy(rough, rough.tasks().get(changed)),
            indexes,
            firstWriterIsEnough)
        .between(place, place, false)
        .map(lost -> finished(rough, lost, successors));
  }

  private Cut finished(Plan rough, List<int[]> lost, List<PlanChange> successors) {
    List<PlanChange> kept = new ArrayList<>();
    for (int[] pair : lost) {
      Need need = Need.of(rough.tasks().get(pair[0]).id());
      int step = pair[1] - place;
      if (step >= 0 && step < task.steps().size()) {
        needs.get(step).add(need);
      } else {
        kept.add(new PlanChange.AddNeed(rough.tasks().get(pair[1]).id(), need));
      }
    }
    List<PlanChange> all = changes(successors);
    all.addAll(kept);
    return new Cut(all, startsEarly() || isLeftEarly(successors));
  }

  /** Which steps wait for which, going by {@code after} and by their files. */
  private void orderSteps() {
    List<Step> steps = task.steps();
    for (int i = 0; i < steps.size(); i++) {
      BitSet behind = new BitSet();
      for (int j = i - 1; j >= 0; j--) {
        boolean follows =
            steps.get(i).after().contains(steps.get(j).id())
                || FileFlows.flows(touched.get(j), touched.get(i))
                || (j == i - 1 && steps.get(i).reads().isEmpty());
        if (follows && !behind.get(j)) {
          behind.set(j);
          behind.or(waitsFor.get(j));
          needs.get(i).add(Need.of(pieceId(j)));
        }
      }
      waitsFor.add(behind);
    }
  }

  private TaskId pieceId(int step) {
    return Pieces.id(task, List.of(task.steps().get(step)));
  }

  /** Needs that no file explains hold for all pieces; so do all needs for a step without reads. */
  private void addNeedsOfAll() {
    for (Need need : task.needs()) {
      int provider = flows.place(need.task());
      boolean isExplained =
          need.milestone() == null
              && !flows.carriesMore(plan.tasks().get(provider))
              && touched.stream().anyMatch(own -> FileFlows.flows(flows.touched(provider), own));
      for (int i = 0; i < task.steps().size(); i++) {
        boolean mayNeed = !isExplained || task.steps().get(i).reads().isEmpty();
        if (mayNeed && waitsFor.get(i).stream().noneMatch(j -> needs.get(j).contains(need))) {
          needs.get(i).add(need);
        }
      }
    }
  }

  private List<PlanChange> changes(List<PlanChange> successors) {
    List<Task> made = pieces();
    List<PlanChange> all = new ArrayList<>();
    all.add(new PlanChange.SplitTask(task.id(), made));
    all.addAll(successors);
    return all;
  }

  private List<Task> pieces() {
    return IntStream.range(0, task.steps().size())
        .mapToObj(i -> pieces.piece(task, List.of(task.steps().get(i)), List.copyOf(needs.get(i))))
        .toList();
  }

  /** What each task that needs this one needs instead. */
  private List<PlanChange> successors() {
    List<Task> made = pieces();
    Set<Integer> consumers = new LinkedHashSet<>();
    for (int slot = graph.successorsBegin(place); slot < graph.successorsEnd(place); slot++) {
      if (graph.successor(slot) < graph.tasks()) {
        consumers.add(graph.successor(slot));
      }
    }
    List<PlanChange> all = new ArrayList<>();
    for (int consumer : consumers.stream().sorted().toList()) {
      for (Need need : flows.needsOn(consumer, task.id())) {
        List<Need> now =
            need.milestone() != null ? Pieces.upTo(need, made) : needsOn(made, consumer);
        all.add(new PlanChange.ReplaceNeed(plan.tasks().get(consumer).id(), need, now));
      }
    }
    return all;
  }

  /** The pieces whose files it touches; when it reads none of them, all. */
  private List<Need> needsOn(List<Task> made, int consumer) {
    BitSet used = new BitSet();
    boolean reads = false;
    for (int i = 0; i < made.size(); i++) {
      List<FileAccess> flowing =
          FileFlows.flowing(FileFlows.touchedBy(plan, made.get(i)), flows.touched(consumer));
      if (!flowing.isEmpty()) {
        used.set(i);
        reads |= FileFlows.reads(flowing);
      }
    }
    if (!reads) {
      used.set(0, made.size());
    } else if (flows.carriesMore(task)) {
      used.set(made.size() - 1);
    }
    return last(used).stream().mapToObj(i -> Need.of(made.get(i).id())).toList();
  }

  /** Those of the steps that none of the others waits for. */
  private BitSet last(BitSet steps) {
    BitSet last = (BitSet) steps.clone();
    steps.stream().forEach(i -> last.andNot(waitsFor.get(i)));
    return last;
  }

  /** Whether some piece waits for less than all pieces together wait for. */
  private boolean startsEarly() {
    Set<Need> all = new LinkedHashSet<>();
    List<Set<Need>> outside = new ArrayList<>();
    for (int i = 0; i < task.steps().size(); i++) {
      Set<Need> own = new LinkedHashSet<>(needs.get(i));
      waitsFor.get(i).stream().forEach(j -> own.addAll(needs.get(j)));
      IntStream.range(0, i).forEach(j -> own.remove(Need.of(pieceId(j))));
      outside.add(own);
      all.addAll(own);
    }
    return outside.stream().anyMatch(own -> own.size() < all.size());
  }

  /** Whether some successor waits for less than all pieces. */
  private boolean isLeftEarly(List<PlanChange> successors) {
    for (PlanChange change : successors) {
      if (change instanceof PlanChange.ReplaceNeed replace && replace.old().milestone() == null) {
        BitSet covered = new BitSet();
        for (int i = 0; i < task.steps().size(); i++) {
          if (replace.now().contains(Need.of(pieceId(i)))) {
            covered.set(i);
            covered.or(waitsFor.get(i));
          }
        }
        if (covered.cardinality() < task.steps().size()) {
          return true;
        }
      }
    }
    return false;
  }
}
