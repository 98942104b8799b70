package dev.makespan.core.run;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunEvent.Change;
import dev.makespan.core.run.RunEvent.TaskChanged;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskState;
import java.util.ArrayList;
import java.util.List;

/** What follows from events of one task for the others and for the run, without a look at all. */
final class Consequences {

  private Consequences() {}

  static List<Change> of(Run run, int task, List<TaskEvent> events) {
    List<Change> changes = new ArrayList<>();
    for (TaskEvent event : events) {
      changes.add(changed(run, task, event));
    }
    if (!events.isEmpty()) {
      follow(run, task, events.getLast(), changes);
    }
    return changes;
  }

  static Change changed(Run run, int task, TaskEvent event) {
    return new TaskChanged(run.task(task).id(), event);
  }

  private static void follow(Run run, int task, TaskEvent event, List<Change> changes) {
    switch (event) {
      case TaskEvent.Done _ -> {
        openSuccessors(run, task, event, changes);
        finishIfLast(run, 1, "", changes);
      }
      case TaskEvent.MilestoneReached _ -> openSuccessors(run, task, event, changes);
      case TaskEvent.Failed e -> {
        String why = "task " + run.task(task).id() + " failed: " + e.message();
        finishIfLast(run, 1 + skipDependents(run, task, changes), why, changes);
      }
      case TaskEvent.Cancelled e -> {
        String why = "task " + run.task(task).id() + " was cancelled: " + e.reason();
        finishIfLast(run, 1 + skipDependents(run, task, changes), why, changes);
      }
      case TaskEvent.Ready _,
          TaskEvent.Leased _,
          TaskEvent.Returned _,
          TaskEvent.Started _,
          TaskEvent.Reported _,
          TaskEvent.Queued _,
          TaskEvent.AttemptFailed _,
          TaskEvent.Held _,
          TaskEvent.BlockerRaised _,
          TaskEvent.BlockerAnswered _,
          TaskEvent.Checkpointed _,
          TaskEvent.Used _,
          TaskEvent.FilesGranted _,
          TaskEvent.Approved _,
          TaskEvent.Reopened _,
          TaskEvent.CancelRequested _,
          TaskEvent.Skipped _ -> {}
    }
  }

  /** Tasks whose last open need {@code event} meets become ready. */
  private static void openSuccessors(Run run, int task, TaskEvent event, List<Change> changes) {
    if (run.state() == RunState.CANCELLING) {
      return;
    }
    Met met = new Met(run);
    for (RunGraph.Edge edge : run.graph().edges(task)) {
      if (Run.meets(event, edge) && !run.isMet(task, edge)) {
        met.add(edge.successor());
      }
    }
    int phase = run.graph().phaseOf(task);
    boolean opensBarrier =
        event instanceof TaskEvent.Done
            && phase != RunGraph.NO_PHASE
            && run.graph().isBarrier(phase)
            && run.openInPhase(phase) == 1
            && run.checkpoints().isOpen(phase);
    if (opensBarrier) {
      for (int later = phase + 1; later < run.graph().phases(); later++) {
        run.graph().members(later).forEach(met::add);
      }
    }
    met.complete().forEach(i -> changes.add(changed(run, i, new TaskEvent.Ready())));
  }

  /** Skips all that can't be done without {@code task}; answers how many. */
  private static int skipDependents(Run run, int task, List<Change> changes) {
    int before = changes.size();
    Losses.with(run, task)
        .causes()
        .forEach((lost, cause) -> {
          if (run.life(lost).state() instanceof TaskState.Waiting) {
            changes.add(changed(run, lost, skipped(run, cause)));
          }
        });
    return changes.size() - before;
  }

  static TaskEvent skipped(Run run, int cause) {
    return new TaskEvent.Skipped("it needs " + run.task(cause).id());
  }

  /**
   * Ends the run when {@code ending} tasks are the last ones; one that integrates ends by {@link
   * Merging#settle}.
   *
   * @param failure what ended last without success; empty: it was done
   */
  static void finishIfLast(Run run, int ending, String failure, List<Change> changes) {
    if (run.unfinished() == ending && !run.spec().integrates()) {
      finish(run, failure, changes);
    }
  }

  /**
   * Ends the run, of which every task has ended, as that makes it; not past a closed checkpoint.
   */
  static void finish(Run run, String failure, List<Change> changes) {
    if (run.state() == RunState.CANCELLING) {
      changes.add(new RunEvent.RunFinished(RunState.CANCELLED, run.reason()));
      return;
    }
    String reason = failure.isEmpty() ? earlierFailure(run) : failure;
    if (!reason.isEmpty()) {
      changes.add(new RunEvent.RunFinished(RunState.FAILED, reason));
    } else if (!run.checkpoints().isAnyClosed()) {
      changes.add(new RunEvent.RunFinished(RunState.DONE, ""));
    }
  }

  private static String earlierFailure(Run run) {
    for (int i = 0; i < run.size(); i++) {
      TaskId id = run.task(i).id();
      TaskState state = run.life(i).state();
      if (state instanceof TaskState.Failed failed) {
        return "task " + id + " failed: " + failed.reason();
      }
      if (state instanceof TaskState.Cancelled cancelled) {
        return "task " + id + " was cancelled: " + cancelled.reason();
      }
    }
    return "";
  }
}
