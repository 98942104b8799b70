package dev.makespan.core.finding;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which folders and files the plan touches, and who does. A folder's name ends with a slash. */
final class Modules {

  /** Most folders and files that are listed, in the order of their paths. */
  static final int MAX_LISTED = 1_000;

  /** The first of all paths, with who touches them. */
  private final TreeMap<String, Touched> listed = new TreeMap<>();

  private Modules() {}

  private record Touched(Set<TaskId> writers, Set<TaskId> readers) {
    Touched() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  static List<PlanReview.ModuleImpact> of(Plan plan) {
    Modules modules = new Modules();
    Map<FilePattern, List<Touched>> places = modules.list(plan);
    for (Task task : plan.tasks()) {
      for (FileAccess access : accesses(task)) {
        places.getOrDefault(access.path(), List.of()).forEach(t -> note(t, task.id(), access));
      }
    }
    return modules.listed.entrySet().stream()
        .map(entry ->
            new PlanReview.ModuleImpact(
                entry.getKey(),
                List.copyOf(entry.getValue().writers()),
                List.copyOf(entry.getValue().readers())))
        .toList();
  }

  /** What is listed of each path: its folder, itself, or both. */
  private Map<FilePattern, List<Touched>> list(Plan plan) {
    Set<FilePattern> paths = new LinkedHashSet<>();
    plan.tasks().forEach(task -> accesses(task).forEach(access -> paths.add(access.path())));
    paths.forEach(path -> {
      list(folderOf(path));
      list(path.text());
    });
    Map<FilePattern, List<Touched>> places = new LinkedHashMap<>();
    for (FilePattern path : paths) {
      List<Touched> own = new ArrayList<>();
      find(folderOf(path), own);
      find(path.text(), own);
      if (!own.isEmpty()) {
        places.put(path, own);
      }
    }
    return places;
  }

  private void list(String name) {
    if (listed.size() < MAX_LISTED) {
      listed.putIfAbsent(name, new Touched());
    } else if (name.compareTo(listed.lastKey()) < 0 && !listed.containsKey(name)) {
      listed.pollLastEntry();
      listed.put(name, new Touched());
    }
  }

  private void find(String name, List<Touched> found) {
    Touched touched = listed.get(name);
    if (touched != null) {
      found.add(touched);
    }
  }

  private static String folderOf(FilePattern path) {
    String plain = path.folder();
    return plain.isEmpty() ? "./" : plain + "/";
  }

  private static List<FileAccess> accesses(Task task) {
    if (task.steps().isEmpty()) {
      return task.files();
    }
    List<FileAccess> all = new ArrayList<>(task.files());
    task.steps()
        .forEach(step -> {
          step.reads().forEach(path -> all.add(new FileAccess(path, FileMode.READ)));
          step.writes().forEach(path -> all.add(new FileAccess(path, FileMode.WRITE)));
        });
    return all;
  }

  private static void note(Touched touched, TaskId task, FileAccess access) {
    if (access.mode() == FileMode.READ) {
      touched.readers().add(task);
    } else {
      touched.writers().add(task);
    }
  }
}
