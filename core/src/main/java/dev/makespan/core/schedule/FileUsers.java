package dev.makespan.core.schedule;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The tasks that touch one path or glob, and which of them write. */
final class FileUsers {

  private final String path;
  private final int[] tasks;
  private final boolean[] writes;

  private FileUsers(String path, Map<Integer, Boolean> users) {
    this.path = path;
    this.tasks = users.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.writes = new boolean[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      writes[i] = Boolean.TRUE.equals(users.get(tasks[i]));
    }
  }

  /**
   * A group for each plain path with all globs that name it, and one for each pair of globs that
   * overlap, of at least two tasks of which at least one writes, sorted by path.
   */
  static List<FileUsers> of(Plan plan, Function<Task, List<FileAccess>> accesses) {
    Map<FilePattern, Map<Integer, Boolean>> users = byPattern(plan, accesses);
    List<FilePattern> globs = users.keySet().stream().filter(FilePattern::isGlob).toList();
    List<FileUsers> groups = new ArrayList<>();
    users.forEach((pattern, own) -> {
      if (pattern.isGlob()) {
        add(groups, pattern, own);
        addOverlaps(groups, pattern, globs, users);
      } else {
        add(groups, pattern, withGlobs(pattern, own, globs, users));
      }
    });
    return groups;
  }

  private static Map<FilePattern, Map<Integer, Boolean>> byPattern(
      Plan plan, Function<Task, List<FileAccess>> accesses) {
    Map<FilePattern, Map<Integer, Boolean>> users = new TreeMap<>();
    for (int i = 0; i < plan.tasks().size(); i++) {
      for (FileAccess access : accesses.apply(plan.tasks().get(i))) {
        users
            .computeIfAbsent(access.path(), path -> new TreeMap<>())
            .merge(i, access.mode() == FileMode.WRITE, Boolean::logicalOr);
      }
    }
    return users;
  }

  private static Map<Integer, Boolean> withGlobs(
      FilePattern path,
      Map<Integer, Boolean> own,
      List<FilePattern> globs,
      Map<FilePattern, Map<Integer, Boolean>> users) {
    Map<Integer, Boolean> all = new TreeMap<>(own);
    for (FilePattern glob : globs) {
      if (glob.overlaps(path)) {
        usersOf(glob, users).forEach((task, writes) -> all.merge(task, writes, Boolean::logicalOr));
      }
    }
    return all;
  }

  private static void addOverlaps(
      List<FileUsers> groups,
      FilePattern glob,
      List<FilePattern> globs,
      Map<FilePattern, Map<Integer, Boolean>> users) {
    for (FilePattern other : globs) {
      if (glob.compareTo(other) < 0 && glob.overlaps(other)) {
        Map<Integer, Boolean> both = new TreeMap<>(usersOf(glob, users));
        usersOf(other, users).forEach((task, w) -> both.merge(task, w, Boolean::logicalOr));
        add(groups, glob.text().length() >= other.text().length() ? glob : other, both);
      }
    }
  }

  private static Map<Integer, Boolean> usersOf(
      FilePattern pattern, Map<FilePattern, Map<Integer, Boolean>> users) {
    return users.getOrDefault(pattern, Map.of());
  }

  private static void add(List<FileUsers> groups, FilePattern path, Map<Integer, Boolean> users) {
    if (users.size() > 1 && users.containsValue(true)) {
      groups.add(new FileUsers(path.text(), users));
    }
  }

  int size() {
    return tasks.length;
  }

  int task(int i) {
    return tasks[i];
  }

  boolean writes(int task) {
    return writes[Arrays.binarySearch(tasks, task)];
  }

  FileLock asLock() {
    return asLock(Arrays.stream(tasks).boxed().toList());
  }

  /** The lock of those users that are {@code members}, ascending. */
  FileLock asLock(Collection<Integer> members) {
    return new FileLock(
        path,
        members.stream().filter(this::writes).toList(),
        members.stream().filter(task -> !writes(task)).toList());
  }
}
