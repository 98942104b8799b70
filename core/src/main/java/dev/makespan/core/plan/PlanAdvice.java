package dev.makespan.core.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * What is questionable in a plan without errors; see {@link PlanCheck} for what asks and what
 * tells.
 */
final class PlanAdvice {

  /** A longer critical path than this part of the work makes a plan serial, in percent. */
  private static final int SERIAL_PERCENT = 60;

  private static final double MILLIS_AN_HOUR = 3_600_000;

  private final Plan plan;
  private final List<Described> tasks;
  private final Precedence precedence;
  private final Problems problems;

  PlanAdvice(Plan plan, List<Described> tasks, Precedence precedence, Problems problems) {
    this.plan = plan;
    this.tasks = tasks;
    this.precedence = precedence;
    this.problems = problems;
  }

  void find() {
    tasks.forEach(this::checkTask);
    checkSerial();
    checkBudget();
    new FileAdvice(plan, tasks, problems).find();
  }

  private void checkTask(Described described) {
    Task task = described.task();
    if (task.estimate().assumed()) {
      problems.warning(
          described.at(),
          "estimate-missing",
          "task '" + task.id() + "': expected a duration, a size or steps, was none");
    }
    checkSteps(described);
    checkLimits(described);
    checkShellText(described);
  }

  /** Limits that a task passes when it takes as long as is expected. */
  private void checkLimits(Described described) {
    Task task = described.task();
    Duration timeout = task.execution().timeout();
    if (timeout != null && timeout.compareTo(task.duration()) < 0) {
      problems.note(
          described.at(),
          "timeout-short",
          "task '%s': it is expected to take %s and ended after %s"
              .formatted(task.id(), DurationText.of(task.duration()), DurationText.of(timeout)));
    }
    if (isShort(task.budget(), task.duration().toMillis())) {
      problems.note(
          described.at(),
          "budget-short",
          "task '%s': it is expected to take %s, its budget is %s agent-hours"
              .formatted(task.id(), DurationText.of(task.duration()), hours(task.budget())));
    }
  }

  private static boolean isShort(Budget budget, long workMillis) {
    return budget.agentHours() > 0 && budget.agentHours() * MILLIS_AN_HOUR < workMillis;
  }

  private static String hours(Budget budget) {
    return BigDecimal.valueOf(budget.agentHours()).stripTrailingZeros().toPlainString();
  }

  private void checkBudget() {
    if (isShort(plan.budget(), precedence.workMillis())) {
      problems.note(
          tasks.getFirst().at(),
          "budget-short",
          "the work of %s is more than the plan's budget of %s agent-hours"
              .formatted(
                  DurationText.of(Duration.ofMillis(precedence.workMillis())),
                  hours(plan.budget())));
    }
  }

  private void checkSteps(Described described) {
    if (described.task().steps().isEmpty()) {
      return;
    }
    Duration steps =
        described.task().steps().stream().map(Step::duration).reduce(Duration.ZERO, Duration::plus);
    if (!steps.isZero() && !steps.equals(described.task().duration())) {
      problems.note(
          described.at(),
          "steps-differ",
          "task '%s': its steps take %s together, the task %s"
              .formatted(
                  described.task().id(),
                  DurationText.of(steps),
                  DurationText.of(described.task().duration())));
    }
  }

  private void checkShellText(Described described) {
    Task task = described.task();
    boolean shell =
        task.execution().work() instanceof Work.Script work && Template.hasReference(work.text());
    for (Gate gate : task.completion().gates()) {
      shell |= gate instanceof Gate.Run run && Template.hasReference(run.command());
    }
    if (shell) {
      problems.warning(
          described.at(),
          "parameter-in-shell",
          "task '%s': a parameter's value becomes shell text; hand it over in env"
              .formatted(task.id()));
    }
  }

  private void checkSerial() {
    long work = precedence.workMillis();
    long path = precedence.criticalPathMillis();
    if (plan.tasks().size() > 1 && work > 0 && path > work / 100 * SERIAL_PERCENT) {
      problems.note(
          tasks.getFirst().at(),
          "serial",
          "the critical path of %s is %d %% of the work of %s, over %d %%: little of it can go"
                  .formatted(
                      DurationText.of(Duration.ofMillis(path)),
                      Math.round(100.0 * path / work),
                      DurationText.of(Duration.ofMillis(work)),
                      SERIAL_PERCENT)
              + " side by side");
    }
  }
}
