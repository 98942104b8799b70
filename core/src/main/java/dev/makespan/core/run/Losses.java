package dev.makespan.core.run;

import dev.makespan.core.task.TaskState;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which tasks of a run can't be done any more since something that they need has failed or was
 * cancelled.
 */
final class Losses {

  private final Run run;
  private final Map<Integer, Integer> causes = new LinkedHashMap<>();
  private final boolean[] phaseIsLost;
  private final Deque<Integer> open = new ArrayDeque<>();

  private Losses(Run run) {
    this.run = run;
    this.phaseIsLost = new boolean[run.graph().phases()];
  }

  /** All that is lost in a run as it stands. */
  static Losses in(Run run) {
    Losses losses = new Losses(run);
    for (int i = 0; i < run.size(); i++) {
      TaskState state = run.life(i).state();
      if (state instanceof TaskState.Failed || state instanceof TaskState.Cancelled) {
        losses.open.add(i);
      }
    }
    losses.spread();
    return losses;
  }

  /** All that is lost with one task, which is live or waits until now. */
  static Losses with(Run run, int task) {
    Losses losses = new Losses(run);
    losses.open.add(task);
    losses.spread();
    return losses;
  }

  /** Which of its needs is lost, by task. */
  Map<Integer, Integer> causes() {
    return Collections.unmodifiableMap(causes);
  }

  private void spread() {
    while (!open.isEmpty()) {
      int lost = open.remove();
      for (RunGraph.Edge edge : run.graph().edges(lost)) {
        if (!run.isMet(lost, edge)) {
          lose(edge.successor(), lost);
        }
      }
      int phase = run.graph().phaseOf(lost);
      boolean keepsLaterOnes =
          phase != RunGraph.NO_PHASE && run.graph().isBarrier(phase) && !phaseIsLost[phase];
      if (keepsLaterOnes) {
        phaseIsLost[phase] = true;
        for (int later = phase + 1; later < run.graph().phases(); later++) {
          run.graph().members(later).forEach(task -> lose(task, lost));
        }
      }
    }
  }

  private void lose(int task, int why) {
    if (!causes.containsKey(task) && mayBeLost(run.life(task).state())) {
      causes.put(task, why);
      open.add(task);
    }
  }

  private static boolean mayBeLost(TaskState state) {
    return switch (state) {
      case TaskState.Waiting _, TaskState.Ready _ -> true;
      case TaskState.Skipped skipped -> !skipped.byPerson();
      case TaskState.Leased _,
          TaskState.Running _,
          TaskState.Verifying _,
          TaskState.Integrating _,
          TaskState.Backoff _,
          TaskState.Held _,
          TaskState.Cancelling _,
          TaskState.Done _,
          TaskState.Failed _,
          TaskState.Cancelled _ ->
          false;
    };
  }
}
