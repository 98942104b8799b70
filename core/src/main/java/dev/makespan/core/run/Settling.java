package dev.makespan.core.run;

import dev.makespan.core.run.RunEvent.Change;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows from changes that no single task makes: tried on a copy of the run, whose tasks are
 * then looked at one by one. For what people do, which is rare; O(tasks + needs).
 */
final class Settling {

  private final Run tried;
  private final List<Change> changes = new ArrayList<>();

  private Settling(Run run) {
    this.tried = run.copy();
  }

  /** {@code first}, and then whatever makes the run consistent again. */
  static RunDecision.Accepted after(Run run, List<? extends Change> first) {
    Settling settling = new Settling(run);
    first.forEach(settling::change);
    settling.settle();
    return new RunDecision.Accepted(settling.changes);
  }

  /** The need without which a task can't be done after {@code changes}; null: none is lost. */
  static @Nullable String findLostNeed(Run run, List<? extends Change> changes, int task) {
    Settling settling = new Settling(run);
    changes.forEach(settling::change);
    Integer cause = Losses.in(settling.tried).causes().get(task);
    return cause == null ? null : run.task(cause).id().value();
  }

  private void settle() {
    Map<Integer, Integer> lost = Losses.in(tried).causes();
    for (int i = 0; i < tried.size(); i++) {
      Integer cause = lost.get(i);
      if (cause != null) {
        skip(i, cause);
      } else {
        bringBack(i);
      }
    }
    Consequences.finishIfLast(tried, 0, "", changes);
  }

  private void skip(int task, int cause) {
    if (!(tried.life(task).state() instanceof TaskState.Skipped)) {
      change(task, Consequences.skipped(tried, cause));
    }
  }

  private void bringBack(int task) {
    TaskState state = tried.life(task).state();
    boolean skipped = state instanceof TaskState.Skipped s && !s.byPerson();
    boolean early = state instanceof TaskState.Ready && tried.openNeeds(task) > 0;
    if (skipped || early) {
      change(task, new TaskEvent.Reopened(skipped ? "what it needs may be done" : "its needs"));
    }
    boolean ready =
        tried.life(task).state() instanceof TaskState.Waiting && tried.openNeeds(task) == 0;
    if (ready) {
      change(task, new TaskEvent.Ready());
    }
  }

  private void change(int task, TaskEvent event) {
    change(Consequences.changed(tried, task, event));
  }

  private void change(Change change) {
    tried.apply(change, Instant.EPOCH);
    changes.add(change);
  }
}
