package dev.makespan.formats.plan;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds what a plan from a message refers to against what it has. */
final class PlanReferences {

  private final Map<TaskId, Task> tasks = new HashMap<>();
  private final Set<PhaseId> phases = new HashSet<>();
  private final Set<String> ranges = new HashSet<>();
  private final Plan plan;

  private PlanReferences(Plan plan) {
    this.plan = plan;
  }

  /** Throws {@link IllegalArgumentException} for the first reference to nothing. */
  static void require(Plan plan) {
    if (plan.tasks().isEmpty()) {
      throw new IllegalArgumentException("tasks: expected at least one, was none");
    }
    PlanReferences references = new PlanReferences(plan);
    references.index();
    plan.tasks().forEach(references::check);
  }

  private void index() {
    plan.ranges().forEach(range -> ranges.add(range.name()));
    for (Phase phase : plan.phases()) {
      require(phases.add(phase.id()), "phases: expected each once, was twice '" + phase.id());
    }
    for (Task task : plan.tasks()) {
      require(
          tasks.put(task.id(), task) == null, "tasks: expected each once, was twice " + task.id());
    }
  }

  private void check(Task task) {
    PhaseId phase = task.placement().phase();
    require(phase == null || phases.contains(phase), task, "a known phase", phase);
    require(plan.pools().containsKey(task.role()), task, "a role with a pool", task.role());
    for (Need need : task.needs()) {
      require(isKnown(need) && !need.task().equals(task.id()), task, "another known task", need);
    }
    for (Stub stub : task.stubs()) {
      require(tasks.containsKey(stub.task()), task, "a known task", stub.task());
    }
    task.uses()
        .forEach((resource, units) ->
            require(
                units <= plan.resources().getOrDefault(resource, 0),
                task,
                "no more of a resource than there is",
                units + " of " + resource));
    for (String range : task.ranges()) {
      boolean known = ranges.contains(range);
      require(known, task, "a known range", range);
    }
  }

  private boolean isKnown(Need need) {
    Task task = tasks.get(need.task());
    MilestoneId milestone = need.milestone();
    return task != null
        && (milestone == null
            || task.milestones().stream().anyMatch(m -> m.id().equals(milestone)));
  }

  private static void require(boolean right, Task task, String expected, @Nullable Object was) {
    require(right, "task '" + task.id() + "': expected " + expected + ", was '" + was + "'");
  }

  private static void require(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }
}
