package dev.makespan.core.run;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.run.RunEvent.Change;
import dev.makespan.core.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a run's limits let it go on: at a limit it pauses, and people decide. */
final class Budgeting {

  private static final RunDecision NOTHING = new RunDecision.Accepted(List.of());

  private Budgeting() {}

  /** Not while a limit is reached, unless that is raised or lifted. */
  static RunDecision resume(Run run, RunCommand.Resume c) {
    return switch (run.state()) {
      case RUNNING, PAUSED -> resumed(run, c);
      case CANCELLING, DONE, FAILED, CANCELLED -> RunRules.tooLate(run);
    };
  }

  private static RunDecision resumed(Run run, RunCommand.Resume c) {
    Budget limit = c.budget().appliedTo(run.budget());
    boolean paused = run.state() == RunState.PAUSED;
    boolean asks = paused || !limit.equals(run.budget());
    Exhausted exhausted = asks ? findReason(run, limit, run.latest()) : null;
    if (exhausted != null) {
      return RunDecision.Refused.invalid(
          "budget: %s: raise the limit above that, or lift it with %s=0"
              .formatted(exhausted.text(), exhausted.kind().key()));
    }
    List<Change> changes = new ArrayList<>();
    if (!limit.equals(run.budget())) {
      changes.add(new RunEvent.BudgetSet(limit, c.by()));
    }
    if (paused) {
      changes.add(new RunEvent.RunResumed());
    }
    return new RunDecision.Accepted(changes);
  }

  static RunDecision pause(Run run, Instant now) {
    Exhausted exhausted =
        run.state() == RunState.RUNNING ? findReason(run, run.budget(), now) : null;
    return exhausted == null
        ? NOTHING
        : new RunDecision.Accepted(List.of(new RunEvent.RunPaused(exhausted.reason())));
  }

  /** Why nothing more may start; null: it may, or nothing is left that could. */
  private static @Nullable Exhausted findReason(Run run, Budget limit, Instant now) {
    Exhausted exhausted = run.findExhausted(limit, now);
    return exhausted != null && mayStartMore(run) ? exhausted : null;
  }

  private static boolean mayStartMore(Run run) {
    for (int i = 0; i < run.size(); i++) {
      TaskState state = run.life(i).state();
      if (!state.isFinal() && !(state instanceof TaskState.Integrating)) {
        return true;
      }
    }
    return false;
  }
}
