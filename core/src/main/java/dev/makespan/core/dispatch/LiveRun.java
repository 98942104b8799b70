package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Task;
import dev.makespan.core.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What dispatch knows of a run beside its state: tails, locks and resources. */
final class LiveRun {

  private final Run run;
  private final long[] tails;
  private final List<List<FileAccess>> wanted;
  private final LockTable locks = new LockTable();
  private final Map<String, Integer> free;

  LiveRun(Run run) {
    this.run = run;
    this.tails = Tails.of(run.spec().plan());
    this.free = new LinkedHashMap<>(run.spec().plan().resources());
    this.wanted = new ArrayList<>(run.size());
    for (Task task : run.spec().plan().tasks()) {
      wanted.add(run.spec().plan().locksOf(task));
    }
  }

  Run run() {
    return run;
  }

  ReadyTask readyTask(int task, Instant since) {
    Priority priority = run.task(task).placement().priority();
    return new ReadyTask(priority, tails[task], since, run.spec().id(), task);
  }

  /** Whether all files and resources of a task are free. */
  boolean canHold(int task) {
    return findConflict(task) == null && findScarceResource(task) == null;
  }

  LockTable.@Nullable Conflict findConflict(int task) {
    return locks.findConflict(wanted.get(task), (access, held) -> mayShare(task, access, held));
  }

  /**
   * A reader that waited for a milestone of the writer has what it reads; so the planner says too.
   */
  private boolean mayShare(int task, FileAccess access, LockTable.Holding held) {
    Task asking = run.task(task);
    Task holder = run.task(held.task());
    return (access.mode() == FileMode.READ && asking.waitsForMilestoneOf(holder.id()))
        || (held.access().mode() == FileMode.READ && holder.waitsForMilestoneOf(asking.id()));
  }

  @Nullable String findScarceResource(int task) {
    for (Map.Entry<String, Integer> use : run.task(task).uses().entrySet()) {
      if (free.getOrDefault(use.getKey(), 0) < use.getValue()) {
        return use.getKey();
      }
    }
    return null;
  }

  void hold(int task) {
    locks.take(task, wanted.get(task));
    run.task(task).uses().forEach((name, units) -> free.merge(name, -units, Integer::sum));
  }

  void release(int task) {
    locks.release(task, wanted.get(task));
    run.task(task).uses().forEach((name, units) -> free.merge(name, units, Integer::sum));
  }
}
