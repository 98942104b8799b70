package dev.makespan.core.graph;

import static dev.makespan.core.graph.TaskGraph.FINISH_TO_START;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.TaskIndex;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The needs and barriers of a plan as edges. A barrier is a node of its own, so that it costs an
 * edge per task and not one per pair.
 */
final class PlanEdges {

  private static final int NONE = -1;

  private final Plan plan;
  private final @Nullable Known known;
  private final Edges edges;
  private @Nullable TaskIndex indexes;

  private PlanEdges(Plan plan, @Nullable Known known) {
    this.plan = plan;
    this.known = known;
    this.edges = new Edges(plan.tasks().stream().mapToInt(task -> task.needs().size()).sum());
  }

  /** A plan of the same tasks in the same order, whose graph is there. */
  private record Known(Plan plan, TaskGraph graph) {}

  /** It may have a cycle. */
  static TaskGraph graphOf(Plan plan) {
    return graphOf(plan, null);
  }

  /** As {@link #graphOf(Plan)}; needs that are as before are taken from the graph before. */
  static TaskGraph graphOf(Plan plan, Plan before, TaskGraph graph) {
    if (plan.tasks().size() != before.tasks().size()) {
      return graphOf(plan);
    }
    return isSame(plan, before) ? graph : graphOf(plan, new Known(before, graph));
  }

  /**
   * Whether no more than what the graph does not show was changed: the rest are the very objects.
   */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Plan plan, Plan before) {
    boolean same = plan.phases() == before.phases();
    for (int i = 0; i < plan.tasks().size() && same; i++) {
      Task now = plan.tasks().get(i);
      Task then = before.tasks().get(i);
      same =
          now == then
              || (now.id() == then.id()
                  && now.needs() == then.needs()
                  && now.estimate() == then.estimate()
                  && now.milestones() == then.milestones()
                  && now.placement().phase() == then.placement().phase());
    }
    return same;
  }

  private static TaskGraph graphOf(Plan plan, @Nullable Known known) {
    PlanEdges collected = new PlanEdges(plan, known);
    collected.addNeeds();
    int barriers = collected.addBarriers();
    int tasks = plan.tasks().size();
    long[] durations = new long[tasks + barriers];
    for (int i = 0; i < tasks; i++) {
      durations[i] = plan.tasks().get(i).duration().toMillis();
    }
    Edges edges = collected.edges;
    return TaskGraph.of(tasks, durations, edges.from(), edges.to(), edges.lags());
  }

  @SuppressWarnings("ReferenceEquality") // the very list: what changes do not touch they hand on
  private void addNeeds() {
    for (int i = 0; i < plan.tasks().size(); i++) {
      List<Need> needs = plan.tasks().get(i).needs();
      boolean isKnown = known != null && known.plan().tasks().get(i).needs() == needs;
      for (int k = 0; k < needs.size(); k++) {
        Need need = needs.get(k);
        int provider =
            known != null && isKnown
                ? known.graph().predecessor(known.graph().predecessorsBegin(i) + k)
                : indexOf(need.task());
        edges.add(provider, i, lagOf(plan.tasks().get(provider), need.milestone()));
      }
    }
  }

  private static long lagOf(Task provider, @Nullable MilestoneId milestone) {
    return milestone == null ? FINISH_TO_START : provider.milestone(milestone).after().toMillis();
  }

  private int indexOf(TaskId id) {
    if (indexes == null) {
      indexes = TaskIndex.of(plan.tasks());
    }
    int index = indexes.find(id);
    if (index == TaskIndex.NONE) {
      throw new IllegalArgumentException("expected a task of the plan, was " + id);
    }
    return index;
  }

  /** Each barrier waits for its phase and for the barrier before; how many there are. */
  private int addBarriers() {
    List<Phase> phases = plan.phases();
    int[] before = new int[phases.size()];
    int[] behind = new int[phases.size()];
    int node = plan.tasks().size();
    int last = NONE;
    for (int p = 0; p < phases.size(); p++) {
      before[p] = last;
      behind[p] = NONE;
      if (phases.get(p).keepsLaterOnesWaiting()) {
        if (last != NONE) {
          edges.add(last, node, FINISH_TO_START);
        }
        behind[p] = node;
        last = node++;
      }
    }
    joinTasks(before, behind);
    return node - plan.tasks().size();
  }

  private void joinTasks(int[] before, int[] behind) {
    Map<PhaseId, Integer> phaseIndexes = new TreeMap<>();
    plan.phases().forEach(phase -> phaseIndexes.put(phase.id(), phaseIndexes.size()));
    for (int i = 0; i < plan.tasks().size(); i++) {
      PhaseId phase = plan.tasks().get(i).placement().phase();
      Integer p = phase == null ? null : phaseIndexes.get(phase);
      if (p == null) {
        continue;
      }
      if (before[p] != NONE) {
        edges.add(before[p], i, FINISH_TO_START);
      }
      if (behind[p] != NONE) {
        edges.add(i, behind[p], FINISH_TO_START);
      }
    }
  }
}
