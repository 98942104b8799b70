package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.run.Run;
import dev.makespan.core.task.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files and resources of one run, and the live tasks that have them. */
final class Holdings {

  private final Run run;
  private final List<List<FileAccess>> wanted;
  private final BitSet sharing;
  private final BitSet using = new BitSet();
  private final LockTable locks = new LockTable();
  private final Map<String, Integer> free;
  private final int[] place;
  private int[] holders = new int[16];
  private int count;

  Holdings(Run run) {
    this.run = run;
    Plan plan = run.spec().plan();
    this.free = new LinkedHashMap<>(plan.resources());
    this.place = new int[run.places()];
    this.wanted = new ArrayList<>(run.places());
    for (Task task : plan.tasks()) {
      using.set(wanted.size(), !task.uses().isEmpty());
      wanted.add(plan.locksOf(task));
    }
    if (run.places() > run.size()) {
      wanted.add(List.of());
    }
    this.sharing = sharing(run);
  }

  /** Tasks with files that wait for a milestone, or for whose milestone somebody waits. */
  private static BitSet sharing(Run run) {
    BitSet sharing = new BitSet();
    for (int i = 0; i < run.size(); i++) {
      for (Need need : run.task(i).needs()) {
        MilestoneId milestone = need.milestone();
        if (milestone != null) {
          sharing.set(i);
          sharing.set(run.indexOf(need.task()));
        }
      }
    }
    return sharing;
  }

  /** What a task locks while it runs. */
  List<FileAccess> wanted(int task) {
    return wanted.get(task);
  }

  /** Whether it may share files with single others, as nobody else does who wants the same. */
  boolean mayShareWithSome(int task) {
    return sharing.get(task);
  }

  boolean usesResources(int task) {
    return using.get(task);
  }

  LockTable locks() {
    return locks;
  }

  int free(String resource) {
    return free.getOrDefault(resource, 0);
  }

  /** The first file of {@code accesses} that another task has; null: they are free. */
  LockTable.@Nullable Conflict findConflict(int task, List<FileAccess> accesses) {
    return locks.findConflict(accesses, (access, held) -> mayShare(task, access, held));
  }

  /**
   * Whoever has a file has it. And a reader that waited for a milestone of the writer has what it
   * reads; so the planner says too.
   */
  boolean mayShare(int task, FileAccess access, LockTable.Holding held) {
    if (held.task() == task) {
      return true;
    }
    if (!sharing.get(task) || !sharing.get(held.task())) {
      return false;
    }
    Task asking = run.task(task);
    Task holder = run.task(held.task());
    return (access.mode() == FileMode.READ && asking.waitsForMilestoneOf(holder.id()))
        || (held.access().mode() == FileMode.READ && holder.waitsForMilestoneOf(asking.id()));
  }

  /** A resource of which a task needs more than is free; null: none. */
  @Nullable String findScarceResource(int task) {
    if (!using.get(task)) {
      return null;
    }
    for (Map.Entry<String, Integer> use : run.task(task).uses().entrySet()) {
      if (free(use.getKey()) < use.getValue()) {
        return use.getKey();
      }
    }
    return null;
  }

  void take(int task) {
    locks.take(task, wanted(task));
    use(task, 1);
    if (count == holders.length) {
      holders = Arrays.copyOf(holders, count * 2);
    }
    place[task] = count;
    holders[count++] = task;
  }

  void release(int task) {
    locks.release(task, wanted(task));
    use(task, -1);
    int last = holders[--count];
    holders[place[task]] = last;
    place[last] = place[task];
  }

  private void use(int task, int sign) {
    if (using.get(task)) {
      run.task(task).uses().forEach((name, units) -> free.merge(name, -sign * units, Integer::sum));
    }
  }

  boolean isHolder(int task) {
    return place[task] < count && holders[place[task]] == task;
  }

  /** The live tasks, in no order that means anything. */
  int[] holders() {
    return Arrays.copyOf(holders, count);
  }

  /** How long a task takes by plan, in this run's real time. */
  long expectedNanos(int task) {
    Duration real = run.spec().realTime(run.task(task).duration());
    return Nanos.of(real);
  }

  /** When a live task ends by plan; what is late already ends now. */
  long expectedEndNanos(int task, Instant now) {
    List<Attempt> attempts = run.life(task).attempts();
    long nowNanos = Nanos.of(now);
    if (attempts.isEmpty()) {
      return nowNanos;
    }
    Attempt live = attempts.getLast();
    Instant begin = live.startedAt() == null ? live.leasedAt() : live.startedAt();
    return Math.max(nowNanos, Nanos.sum(Nanos.of(begin), expectedNanos(task)));
  }
}
