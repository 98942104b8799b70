package dev.makespan.core.run;

import dev.makespan.core.graph.WiringOrder;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.TaskIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom in a run: needs as edges, and as barriers the phases that later phases wait
 * for, by themselves or since they have a checkpoint. Tasks are numbered in the plan's order. What
 * it says never changes.
 */
final class RunGraph {

  /** A task of no phase waits for no barrier and holds none up. */
  static final int NO_PHASE = -1;

  private final TaskIndex index;
  private @Nullable TaskId lastAsked;
  private int lastFound = TaskIndex.NONE;
  private final List<List<Edge>> edges;
  private final int[] phaseOf;
  private final List<List<Integer>> members;
  private final boolean[] barrier;
  private final boolean integrates;
  private final List<WiringOrder.Point> wirings;
  private long @Nullable [] tails;

  /**
   * What waits for a task.
   *
   * @param milestone the part that is enough; null: all of it
   */
  record Edge(int successor, @Nullable MilestoneId milestone) {}

  /** Of {@code integrates} the last place is that of {@link Integration#TASK}. */
  RunGraph(Plan plan, boolean integrates) {
    this.integrates = integrates;
    int size = plan.tasks().size();
    this.index = TaskIndex.of(plan.tasks());
    this.edges = new ArrayList<>(Collections.nCopies(size, List.of()));
    this.phaseOf = new int[size];
    this.members = lists(plan.phases().size());
    this.barrier = new boolean[plan.phases().size()];
    for (int p = 0; p < barrier.length; p++) {
      Phase phase = plan.phases().get(p);
      barrier[p] = phase.keepsLaterOnesWaiting();
    }
    for (int i = 0; i < size; i++) {
      connect(plan, i);
    }
    this.wirings = integrates ? WiringOrder.of(plan, task -> 0) : List.of();
  }

  /** Stubs in the order to wire them in; none in a run that merges nothing. */
  List<WiringOrder.Point> wirings() {
    return wirings;
  }

  private void connect(Plan plan, int task) {
    Task of = plan.tasks().get(task);
    for (Need need : of.needs()) {
      int before = indexOf(need.task());
      if (edges.get(before).isEmpty()) {
        edges.set(before, new ArrayList<>(2));
      }
      edges.get(before).add(new Edge(task, need.milestone()));
    }
    phaseOf[task] = phaseOf(plan.phases(), of);
    if (phaseOf[task] != NO_PHASE) {
      members.get(phaseOf[task]).add(task);
    }
  }

  private static int phaseOf(List<Phase> phases, Task task) {
    for (int p = 0; p < phases.size(); p++) {
      if (phases.get(p).id().equals(task.placement().phase())) {
        return p;
      }
    }
    return NO_PHASE;
  }

  private static <T> List<List<T>> lists(int count) {
    List<List<T>> lists = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>(2));
    }
    return lists;
  }

  int size() {
    return phaseOf.length;
  }

  /** The tasks of the plan, and the integration if there is one. */
  int places() {
    return size() + (integrates ? 1 : 0);
  }

  int phases() {
    return barrier.length;
  }

  boolean isBarrier(int phase) {
    return barrier[phase];
  }

  int phaseOf(int task) {
    return phaseOf[task];
  }

  /** The tasks of a phase, in the plan's order. */
  List<Integer> members(int phase) {
    return members.get(phase);
  }

  /** What waits for {@code task}, a need of two milestones twice. */
  List<Edge> edges(int task) {
    return edges.get(task);
  }

  boolean contains(TaskId task) {
    return find(task) != TaskIndex.NONE;
  }

  int indexOf(TaskId task) {
    int found = find(task);
    if (found == TaskIndex.NONE) {
      throw new IllegalArgumentException("no task " + task + " in this run");
    }
    return found;
  }

  /** One step asks for one task many times. */
  @SuppressWarnings("ReferenceEquality") // another object of the same name is looked up
  private int find(TaskId task) {
    if (task != lastAsked) {
      lastFound = index.find(task);
      if (lastFound == TaskIndex.NONE && integrates && task.equals(Integration.TASK)) {
        lastFound = size();
      }
      lastAsked = task;
    }
    return lastFound;
  }

  /** How long the work after a task's start takes at least, as {@link Tails} has it. */
  long tail(Plan plan, int task) {
    long[] known = tails;
    if (known == null) {
      known = Tails.of(plan);
      tails = known;
    }
    return known[task];
  }
}
