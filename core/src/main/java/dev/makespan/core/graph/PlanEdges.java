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
  private final TaskIndex indexes;
  private final Edges edges = new Edges();

  private PlanEdges(Plan plan) {
    this.plan = plan;
    this.indexes = TaskIndex.of(plan.tasks());
  }

  static TaskGraph graphOf(Plan plan) {
    PlanEdges collected = new PlanEdges(plan);
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

  private void addNeeds() {
    for (int i = 0; i < plan.tasks().size(); i++) {
      for (Need need : plan.tasks().get(i).needs()) {
        int provider = indexOf(need.task());
        edges.add(provider, i, lagOf(plan.tasks().get(provider), need.milestone()));
      }
    }
  }

  private static long lagOf(Task provider, @Nullable MilestoneId milestone) {
    return milestone == null ? FINISH_TO_START : provider.milestone(milestone).after().toMillis();
  }

  private int indexOf(TaskId id) {
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
      if (phases.get(p).barrier()) {
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
