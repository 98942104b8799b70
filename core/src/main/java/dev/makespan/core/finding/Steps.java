package dev.makespan.core.finding;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import java.time.Duration;
import java.util.List;

/** The steps of a task, which it does one after another. */
final class Steps {

  private Steps() {}

  /** Whether the task consists of two or more steps that take its whole time. */
  static boolean makeUp(Task task) {
    return task.steps().size() > 1 && end(task, task.steps().size() - 1).equals(task.duration());
  }

  /** When step {@code last} is done, from the task's start. */
  static Duration end(Task task, int last) {
    return task.steps().stream()
        .limit(last + 1L)
        .map(Step::duration)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** What one step touches, under the plan's policies. */
  static List<FileAccess> touched(Plan plan, Task task, int step) {
    return plan.locksOf(task.withFiles(FileFlows.touchedBy(task.steps().get(step))));
  }

  /** What the task touches beside its steps: nothing says when. */
  static List<FileAccess> outside(Plan plan, Task task) {
    List<FileAccess> own =
        FileFlows.touchedBy(plan, task.withSteps(List.of())).stream()
            .filter(access -> !isOfAStep(task, access))
            .toList();
    return own;
  }

  /** Whether a step names the same path. */
  static boolean isOfAStep(Task task, FileAccess access) {
    return task.steps().stream().anyMatch(step -> names(step, access));
  }

  /** Whether {@code step} names this very path. */
  static boolean names(Step step, FileAccess access) {
    return step.writes().contains(access.path()) || step.reads().contains(access.path());
  }
}
