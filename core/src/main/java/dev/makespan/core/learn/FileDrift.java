package dev.makespan.core.learn;

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
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a task's declared files and those that it changed differ. Reads are not seen by anybody,
 * and are left out.
 *
 * @param touched how many paths it changed
 * @param undeclared paths that it changed and does not declare, sorted
 * @param untouched what it declares to change and did not; known of done tasks alone
 */
public record FileDrift(
    TaskId task, int touched, List<String> undeclared, List<FileAccess> untouched) {

  public FileDrift {
    undeclared = List.copyOf(undeclared);
    untouched = List.copyOf(untouched);
  }

  /** Of the tasks of {@code plan} where they differ, in its order. */
  public static List<FileDrift> of(Plan plan, List<TouchedFiles> touched) {
    Map<TaskId, List<TouchedFiles>> byTask = new LinkedHashMap<>();
    for (TouchedFiles one : touched) {
      byTask.computeIfAbsent(one.task(), _ -> new ArrayList<>()).add(one);
    }
    List<FileDrift> drifts = new ArrayList<>();
    for (Task task : plan.tasks()) {
      FileDrift drift = of(task, byTask.getOrDefault(task.id(), List.of()));
      if (!drift.undeclared().isEmpty() || !drift.untouched().isEmpty()) {
        drifts.add(drift);
      }
    }
    return drifts;
  }

  private static FileDrift of(Task task, List<TouchedFiles> attempts) {
    List<FileAccess> changing =
        task.files().stream().filter(file -> file.mode() != FileMode.READ).toList();
    Set<String> all = new TreeSet<>();
    attempts.forEach(attempt -> all.addAll(attempt.files()));
    List<String> undeclared = all.stream().filter(path -> !isCovered(path, changing)).toList();
    return new FileDrift(task.id(), all.size(), undeclared, untouched(changing, attempts));
  }

  static boolean isCovered(String path, List<FileAccess> by) {
    return by.stream().anyMatch(access -> covers(access, path));
  }

  private static boolean covers(FileAccess access, String path) {
    return FilePattern.problemOf(path).isEmpty() && access.path().matches(new FilePattern(path));
  }

  /** An agent that names no path at all may just not look. */
  private static List<FileAccess> untouched(
      List<FileAccess> changing, List<TouchedFiles> attempts) {
    List<TouchedFiles> telling =
        attempts.stream()
            .filter(attempt -> attempt.accepted() && attempt.complete())
            .filter(attempt -> !attempt.files().isEmpty())
            .toList();
    if (telling.isEmpty()) {
      return List.of();
    }
    return changing.stream()
        .filter(access ->
            telling.stream()
                .flatMap(attempt -> attempt.files().stream())
                .noneMatch(path -> covers(access, path)))
        .toList();
  }
}
