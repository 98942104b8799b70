package dev.makespan.core.finding;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which folders and files the plan touches, and who does. A folder's name ends with a slash. */
final class Modules {

  /** Most folders and files that are listed, in the order of their paths. */
  static final int MAX_LISTED = 1_000;

  private Modules() {}

  private record Touched(Set<TaskId> writers, Set<TaskId> readers) {
    Touched() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  static List<PlanReview.ModuleImpact> of(Plan plan) {
    Map<String, Touched> byPath = new TreeMap<>();
    for (Task task : plan.tasks()) {
      accesses(task).forEach(access -> note(byPath, task.id(), access));
    }
    return byPath.entrySet().stream()
        .limit(MAX_LISTED)
        .map(entry ->
            new PlanReview.ModuleImpact(
                entry.getKey(),
                List.copyOf(entry.getValue().writers()),
                List.copyOf(entry.getValue().readers())))
        .toList();
  }

  private static List<FileAccess> accesses(Task task) {
    List<FileAccess> all = new ArrayList<>(task.files());
    task.steps()
        .forEach(step -> {
          step.reads().forEach(path -> all.add(new FileAccess(path, FileMode.READ)));
          step.writes().forEach(path -> all.add(new FileAccess(path, FileMode.WRITE)));
        });
    return all;
  }

  private static void note(Map<String, Touched> byPath, TaskId task, FileAccess access) {
    String plain = access.path().folder();
    String folder = plain.isEmpty() ? "." : plain;
    for (String path : List.of(folder + "/", access.path().text())) {
      Touched touched = byPath.computeIfAbsent(path, name -> new Touched());
      if (access.mode() == FileMode.READ) {
        touched.readers().add(task);
      } else {
        touched.writers().add(task);
      }
    }
  }
}
