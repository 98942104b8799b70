package dev.makespan.core.finding;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.TaskIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What flows between tasks by way of files: what each one touches itself and in its steps, and what
 * its agent is given as context, under the plan's policies, so that appends to one file are no
 * flow.
 */
final class FileFlows {

  private final Plan plan;
  private final TaskIndex places;
  private final List<List<FileAccess>> touched = new ArrayList<>();

  FileFlows(Plan plan) {
    this.plan = plan;
    this.places = TaskIndex.of(plan.tasks());
    for (Task task : plan.tasks()) {
      touched.add(touchedBy(plan, task));
    }
  }

  /** The index of a task of the plan. */
  int place(TaskId task) {
    int place = places.find(task);
    if (place == TaskIndex.NONE) {
      throw new IllegalArgumentException("expected a task of the plan, was " + task);
    }
    return place;
  }

  /** All that the task and its steps touch; what it delivers counts as written. */
  List<FileAccess> touched(int task) {
    return touched.get(task);
  }

  /** What {@code consumer} touches of what {@code provider} changes. */
  List<FileAccess> between(int provider, int consumer) {
    return flowing(touched(provider), touched(consumer));
  }

  boolean flows(int provider, int consumer) {
    return flows(touched(provider), touched(consumer));
  }

  /** Whether something besides files, which only the whole task has, flows over a need on it. */
  boolean carriesMore(Task provider) {
    return !provider.completion().artifacts().isEmpty()
        || !provider.execution().publishes().isEmpty();
  }

  /** Needs of the task on {@code provider}; more than one when a milestone is among them. */
  List<Need> needsOn(int consumer, TaskId provider) {
    return plan.tasks().get(consumer).needs().stream()
        .filter(need -> need.task().equals(provider))
        .toList();
  }

  static List<FileAccess> touchedBy(Plan plan, Task task) {
    if (task.steps().isEmpty()
        && task.completion().deliverables().isEmpty()
        && task.execution().context().isEmpty()) {
      return plan.locksOf(task);
    }
    List<FileAccess> all = new ArrayList<>(task.files());
    task.steps().forEach(step -> all.addAll(touchedBy(step)));
    task.completion().deliverables().forEach(path -> addWrite(all, path));
    addContext(all, task);
    return plan.locksOf(task.withFiles(all));
  }

  /**
   * What of the context may be a file is read, too. A task that names nothing else that it reads
   * says too little of itself for that to tell anything.
   */
  private static void addContext(List<FileAccess> all, Task task) {
    if (reads(all)) {
      task.execution().context().stream()
          .filter(entry -> FilePattern.problemOf(entry).isEmpty())
          .forEach(entry -> all.add(new FileAccess(new FilePattern(entry), FileMode.READ)));
    }
  }

  private static void addWrite(List<FileAccess> all, FilePattern path) {
    boolean known =
        all.stream()
            .anyMatch(access -> access.mode() != FileMode.READ && access.path().equals(path));
    if (!known) {
      all.add(new FileAccess(path, FileMode.WRITE));
    }
  }

  static List<FileAccess> touchedBy(Step step) {
    List<FileAccess> all = new ArrayList<>();
    step.reads().forEach(path -> all.add(new FileAccess(path, FileMode.READ)));
    step.writes().forEach(path -> all.add(new FileAccess(path, FileMode.WRITE)));
    return all;
  }

  static boolean flows(List<FileAccess> from, List<FileAccess> to) {
    for (int i = 0; i < to.size(); i++) {
      for (int j = 0; j < from.size(); j++) {
        if (isFlow(from.get(j), to.get(i))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The accesses of {@code to} that touch what {@code from} changes. */
  static List<FileAccess> flowing(List<FileAccess> from, List<FileAccess> to) {
    return flows(from, to)
        ? to.stream().filter(access -> source(from, access).isPresent()).toList()
        : List.of();
  }

  /** The first change among {@code from} that {@code to} touches. */
  static Optional<FileAccess> source(List<FileAccess> from, FileAccess to) {
    for (FileAccess access : from) {
      if (isFlow(access, to)) {
        return Optional.of(access);
      }
    }
    return Optional.empty();
  }

  private static boolean isFlow(FileAccess from, FileAccess to) {
    return from.mode() != FileMode.READ
        && (to.mode() == FileMode.READ || from.conflictsWith(to))
        && from.path().overlaps(to.path());
  }

  static boolean reads(List<FileAccess> touched) {
    for (FileAccess access : touched) {
      if (access.mode() == FileMode.READ) {
        return true;
      }
    }
    return false;
  }

  static boolean changes(List<FileAccess> touched) {
    for (FileAccess access : touched) {
      if (access.mode() != FileMode.READ) {
        return true;
      }
    }
    return false;
  }

  /** A path that both touch and at least one writes. */
  static Optional<FilePattern> conflict(List<FileAccess> one, List<FileAccess> other) {
    return one.stream()
        .filter(access -> other.stream().anyMatch(access::conflictsWith))
        .map(FileAccess::path)
        .findFirst();
  }
}
