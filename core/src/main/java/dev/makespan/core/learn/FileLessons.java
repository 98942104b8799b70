package dev.makespan.core.learn;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a run says about the files that the tasks of its plan declare. */
public final class FileLessons {

  /** More paths than this in one folder become the folder's glob. */
  static final int MAX_IN_FOLDER = 5;

  /** More of one task are left out: then its files are best written down anew. */
  static final int MAX_OF_TASK = 50;

  private final Task task;
  private final List<TouchedFiles> attempts;
  private final List<FileLesson> lessons = new ArrayList<>();

  private FileLessons(Task task, List<TouchedFiles> attempts) {
    this.task = task;
    this.attempts = attempts;
  }

  /** In the order of the plan's tasks; additions first. */
  public static List<FileLesson> of(Plan plan, List<TouchedFiles> touched) {
    Map<TaskId, Task> tasks = new LinkedHashMap<>();
    plan.tasks().forEach(task -> tasks.put(task.id(), task));
    List<FileLesson> all = new ArrayList<>();
    for (FileDrift drift : FileDrift.of(plan, touched)) {
      Task task = tasks.get(drift.task());
      if (task != null) {
        List<TouchedFiles> own =
            touched.stream().filter(one -> one.task().equals(drift.task())).toList();
        all.addAll(new FileLessons(task, own).of(drift));
      }
    }
    return all;
  }

  private List<FileLesson> of(FileDrift drift) {
    byPattern(drift.undeclared()).forEach(this::undeclared);
    drift.untouched().forEach(this::untouched);
    return lessons.subList(0, Math.min(lessons.size(), MAX_OF_TASK));
  }

  /** Patterns to declare, each with the paths that it stands for. */
  private static Map<String, List<String>> byPattern(List<String> paths) {
    Map<String, List<String>> byFolder = new TreeMap<>();
    for (String path : paths) {
      // A path with a star in its name would be read as a glob.
      if (FilePattern.problemOf(path).isEmpty() && path.indexOf('*') < 0) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        byFolder.computeIfAbsent(folder, _ -> new ArrayList<>()).add(path);
      }
    }
    Map<String, List<String>> byPattern = new TreeMap<>();
    byFolder.forEach((folder, inside) -> {
      if (inside.size() > MAX_IN_FOLDER && !folder.isEmpty()) {
        byPattern.put(folder + "*", inside);
      } else {
        inside.forEach(path -> byPattern.put(path, List.of(path)));
      }
    });
    return byPattern;
  }

  private void undeclared(String pattern, List<String> paths) {
    List<TouchedFiles> by =
        attempts.stream().filter(one -> one.files().stream().anyMatch(paths::contains)).toList();
    Optional<TouchedFiles> accepted = by.stream().filter(TouchedFiles::accepted).findFirst();
    TouchedFiles witness = accepted.orElseGet(by::getLast);
    String what = paths.size() == 1 ? "it" : paths.size() + " paths in it";
    String basis =
        "attempt %d by %s changed %s%s"
            .formatted(
                witness.attempt(),
                witness.agent(),
                what,
                accepted.isPresent() ? "" : ", and was not accepted");
    lessons.add(new FileLesson(declaring(pattern), accepted.isPresent(), basis));
  }

  private PlanChange declaring(String pattern) {
    FileAccess write = new FileAccess(new FilePattern(pattern), FileMode.WRITE);
    FileAccess read = new FileAccess(new FilePattern(pattern), FileMode.READ);
    return task.files().contains(read)
        ? new PlanChange.ReplaceAccess(task.id(), read, write)
        : new PlanChange.AddAccess(task.id(), write);
  }

  /** One run shows only that it can be done without. */
  private void untouched(FileAccess access) {
    long done = attempts.stream().filter(TouchedFiles::accepted).count();
    String basis =
        "the task is done and %s changed nothing there"
            .formatted(done == 1 ? "its attempt" : "none of its attempts");
    lessons.add(new FileLesson(new PlanChange.RemoveAccess(task.id(), access), false, basis));
  }
}
