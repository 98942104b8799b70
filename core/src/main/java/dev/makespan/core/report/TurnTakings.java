package dev.makespan.core.report;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who had to wait for whom at which file. A wait is the time in which a writer was ready while
 * another writer of the file was at work, so writers that need each other never wait, and a file
 * that nobody waited for is left out.
 */
final class TurnTakings {

  /** At most so many files are reported, those with the longest waits. */
  static final int MAX_FILES = 100;

  /** At most so many earlier turns of a file are looked at for each turn. */
  static final int MAX_LOOKED_BACK = 1_000;

  private static final Comparator<TurnTaking> LONGEST_WAIT_FIRST =
      Comparator.comparing(TurnTaking::waited).reversed().thenComparing(TurnTaking::path);

  /** A started attempt of a writer: ready ≤ start ≤ finish. */
  private record Hold(TaskId task, Instant ready, Instant start, Instant end, boolean open) {}

  private TurnTakings() {}

  static List<TurnTaking> of(Plan plan, RunRecord run, PlanTime time) {
    Map<TaskId, TaskTimes> times = new LinkedHashMap<>();
    run.tasks().forEach(task -> times.put(task.task(), task));
    List<TurnTaking> found = new ArrayList<>();
    for (Map.Entry<FilePattern, Set<TaskId>> writers : writersOfPaths(plan).entrySet()) {
      List<Hold> holds = holds(writers.getValue(), times, run.asOf());
      TurnTaking turns = turns(writers.getKey(), holds, time);
      if (turns.waited().isPositive()) {
        found.add(turns);
      }
    }
    found.sort(LONGEST_WAIT_FIRST);
    return found.subList(0, Math.min(found.size(), MAX_FILES));
  }

  /** Paths that at least two tasks write, a glob's writers counted with every path it names. */
  private static Map<FilePattern, Set<TaskId>> writersOfPaths(Plan plan) {
    Map<FilePattern, Set<TaskId>> writers = new TreeMap<>();
    for (Task task : plan.tasks()) {
      for (FileAccess lock : plan.locksOf(task)) {
        if (lock.mode() == FileMode.WRITE) {
          writers.computeIfAbsent(lock.path(), path -> new LinkedHashSet<>()).add(task.id());
        }
      }
    }
    addWritersOfGlobs(writers);
    writers.values().removeIf(tasks -> tasks.size() < 2);
    return withoutRepetitions(writers);
  }

  private static void addWritersOfGlobs(Map<FilePattern, Set<TaskId>> writers) {
    List<FilePattern> globs = writers.keySet().stream().filter(FilePattern::isGlob).toList();
    for (FilePattern glob : globs) {
      Set<TaskId> ofGlob = Set.copyOf(writers.getOrDefault(glob, Set.of()));
      for (Map.Entry<FilePattern, Set<TaskId>> other : writers.entrySet()) {
        if (other.getKey().overlaps(glob)) {
          other.getValue().addAll(ofGlob.stream().sorted().toList());
        }
      }
    }
  }

  /** Paths that the very same tasks write tell one story: the first path tells it. */
  private static Map<FilePattern, Set<TaskId>> withoutRepetitions(
      Map<FilePattern, Set<TaskId>> writers) {
    Map<FilePattern, Set<TaskId>> kept = new LinkedHashMap<>();
    Set<Collection<TaskId>> told = new LinkedHashSet<>();
    writers.forEach((path, tasks) -> {
      if (told.add(Set.copyOf(tasks))) {
        kept.put(path, tasks);
      }
    });
    return kept;
  }

  private static List<Hold> holds(Set<TaskId> writers, Map<TaskId, TaskTimes> times, Instant asOf) {
    List<Hold> holds = new ArrayList<>();
    for (TaskId writer : writers) {
      TaskTimes task = times.get(writer);
      if (task != null) {
        addHolds(task, asOf, holds);
      }
    }
    holds.sort(Comparator.comparing(Hold::start).thenComparing(Hold::task));
    return holds;
  }

  private static void addHolds(TaskTimes task, Instant asOf, List<Hold> holds) {
    Instant ready = task.ready();
    for (Attempt attempt : task.attempts()) {
      Instant start = attempt.startedAt();
      if (start == null) {
        continue;
      }
      Instant end = attempt.finishedAt() == null ? asOf : attempt.finishedAt();
      Instant since = ready == null || ready.isAfter(start) ? start : ready;
      holds.add(new Hold(task.task(), since, start, end, attempt.finishedAt() == null));
      ready = end;
    }
  }

  private static TurnTaking turns(FilePattern path, List<Hold> holds, PlanTime time) {
    List<Turn> turns = new ArrayList<>();
    Duration waited = Duration.ZERO;
    for (int i = 0; i < holds.size(); i++) {
      List<Hold> earlier = holds.subList(Math.max(0, i - MAX_LOOKED_BACK), i);
      Turn turn = turn(holds.get(i), earlier, time);
      turns.add(turn);
      waited = waited.plus(turn.waited());
    }
    return new TurnTaking(path, turns, waited);
  }

  /**
   * The wait is the union of the earlier holds within [ready, start): {@code earlier} is sorted.
   */
  private static Turn turn(Hold hold, List<Hold> earlier, PlanTime time) {
    Duration waited = Duration.ZERO;
    Set<TaskId> waitedFor = new LinkedHashSet<>();
    Instant covered = hold.ready();
    for (Hold other : earlier) {
      Instant from = covered.isAfter(other.start()) ? covered : other.start();
      Instant to = other.end().isBefore(hold.start()) ? other.end() : hold.start();
      if (!other.task().equals(hold.task()) && from.isBefore(to)) {
        waited = waited.plus(time.between(from, to));
        waitedFor.add(other.task());
        covered = to;
      }
    }
    return new Turn(
        hold.task(),
        time.at(hold.ready()),
        time.at(hold.start()),
        hold.open() ? null : time.at(hold.end()),
        waited,
        List.copyOf(waitedFor));
  }
}
