package dev.makespan.core.run;

import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.TaskDecision;
import dev.makespan.core.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Whether a live run may go on with another version of its plan: tasks that an agent ever had stay
 * exactly as they are.
 */
final class Amendment {

  private static final Map<String, Function<Task, Object>> PARTS = parts();

  private final Run run;
  private final Plan plan;
  private final List<String> problems = new ArrayList<>();
  private final Map<TaskId, Task> tasks = new LinkedHashMap<>();

  private Amendment(Run run, Plan plan) {
    this.run = run;
    this.plan = plan;
    plan.tasks().forEach(task -> tasks.put(task.id(), task));
  }

  static RunDecision decide(Run run, RunCommand.Amend command) {
    if (run.state().isFinal() || run.state() == RunState.CANCELLING) {
      return RunRules.tooLate(run);
    }
    boolean same =
        run.spec().planVersion() == command.planVersion()
            && run.spec().plan().equals(command.plan());
    if (same) {
      return new RunDecision.Accepted(List.of());
    }
    List<String> problems = new Amendment(run, command.plan()).problems();
    if (!problems.isEmpty()) {
      String message =
          problems.size() == 1
              ? problems.getFirst()
              : problems.size() + " things stand against it: " + String.join("; ", problems);
      return new RunDecision.Refused(TaskDecision.Refusal.INVALID, message, problems);
    }
    return Settling.after(
        run, List.of(new RunEvent.RunAmended(command.plan(), command.planVersion())));
  }

  private List<String> problems() {
    if (!plan.name().equals(run.spec().plan().name())) {
      problems.add(
          "expected a version of plan '%s', was '%s'"
              .formatted(run.spec().plan().name(), plan.name()));
      return problems;
    }
    if (run.spec().integrates()
        && !Objects.equals(run.spec().plan().workspace(), plan.workspace())) {
      problems.add("the workspace of a run that merges can't be changed");
    }
    for (int i = 0; i < run.size(); i++) {
      if (!run.life(i).attempts().isEmpty()) {
        compare(run.task(i));
      }
    }
    if (problems.isEmpty()) {
      lookForNewBarriers();
    }
    return problems;
  }

  private void compare(Task started) {
    Task amended = tasks.get(started.id());
    if (amended == null) {
      problems.add("task '" + started.id() + "' has started and can't be removed");
      return;
    }
    List<String> changed = new ArrayList<>();
    PARTS.forEach((name, part) -> {
      if (!part.apply(started).equals(part.apply(amended))) {
        changed.add(name);
      }
    });
    if (!changed.isEmpty()) {
      problems.add(
          "task '%s' has started and can't be changed: %s"
              .formatted(started.id(), String.join(", ", changed)));
    } else if (!run.spec().plan().locksOf(started).equals(plan.locksOf(amended))) {
      problems.add("task '%s' has started and would lock other files".formatted(started.id()));
    }
    for (String range : started.ranges()) {
      if (numbers(run.spec().plan(), started, range) != numbers(plan, amended, range)) {
        problems.add(
            "task '%s' has started and would get other numbers of range '%s'"
                .formatted(started.id(), range));
      }
    }
  }

  private static long numbers(Plan plan, Task task, String range) {
    for (NumberRange of : plan.ranges()) {
      if (of.name().equals(range)) {
        return of.firstOf(plan.askersBefore(task.id(), range));
      }
    }
    return -1;
  }

  /** A phase that was passed can't get work that a started task would have to wait for. */
  private void lookForNewBarriers() {
    Run amended = run.copy();
    amended.apply(new RunEvent.RunAmended(plan, 0), Instant.EPOCH);
    for (int i = 0; i < amended.size(); i++) {
      TaskState state = amended.life(i).state();
      boolean under =
          !amended.life(i).attempts().isEmpty() && !(state instanceof TaskState.Waiting);
      if (under && !state.isLost() && amended.openNeeds(i) > 0) {
        problems.add(
            "task '%s' has started and would have to wait for an earlier phase"
                .formatted(amended.task(i).id()));
      }
    }
  }

  private static Map<String, Function<Task, Object>> parts() {
    Map<String, Function<Task, Object>> parts = new LinkedHashMap<>();
    parts.put("title", Task::title);
    parts.put("phase, role, priority or labels", Task::placement);
    parts.put("duration", Task::estimate);
    parts.put("needs", Task::needs);
    parts.put("stubs", Task::stubs);
    parts.put("files", Task::files);
    parts.put("uses", Task::uses);
    parts.put("milestones", Task::milestones);
    parts.put("steps", Task::steps);
    parts.put("ranges", Task::ranges);
    parts.put("how it runs", Task::execution);
    parts.put("what makes it done", Task::completion);
    parts.put("budget", Task::budget);
    return parts;
  }
}
