package dev.makespan.core.schedule;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The tasks that touch one path or glob, and which of them write. */
final class FileUsers {

  private final String path;
  private final int[] tasks;
  private final boolean[] writes;

  private FileUsers(String path, Touches users) {
    this.path = path;
    this.tasks = Arrays.copyOf(users.tasks, users.size);
    this.writes = Arrays.copyOf(users.writes, users.size);
  }

  /** A growing list of tasks, ascending, each once. */
  private static final class Touches {
    private int[] tasks = new int[2];
    private boolean[] writes = new boolean[2];
    private int size;
    private boolean written;

    /** {@code task}: not before the last one. */
    void add(int task, boolean write) {
      written |= write;
      if (size > 0 && tasks[size - 1] == task) {
        writes[size - 1] |= write;
        return;
      }
      if (size == tasks.length) {
        tasks = Arrays.copyOf(tasks, size * 2);
        writes = Arrays.copyOf(writes, size * 2);
      }
      tasks[size] = task;
      writes[size++] = write;
    }

    Touches with(Touches other) {
      Touches both = new Touches();
      int i = 0;
      int j = 0;
      while (i < size || j < other.size) {
        if (j == other.size || (i < size && tasks[i] <= other.tasks[j])) {
          both.add(tasks[i], writes[i++]);
        } else {
          both.add(other.tasks[j], other.writes[j++]);
        }
      }
      return both;
    }
  }

  /**
   * A group for each file with all globs and folders that name it, and one for each pair of those
   * that overlap, of at least two tasks of which at least one writes, sorted by path.
   */
  static List<FileUsers> of(Plan plan, Function<Task, List<FileAccess>> accesses) {
    Map<FilePattern, Touches> users = byPattern(plan, accesses);
    FilePattern[] patterns = users.keySet().toArray(FilePattern[]::new);
    Arrays.sort(patterns);
    List<FilePattern> globs = manyFiles(patterns);
    Set<FilePattern> many = new LinkedHashSet<>(globs);
    List<FileUsers> groups = new ArrayList<>();
    for (FilePattern pattern : patterns) {
      Touches own = usersOf(pattern, users);
      if (many.contains(pattern)) {
        add(groups, pattern, own);
        addOverlaps(groups, pattern, globs, users);
      } else {
        add(groups, pattern, withGlobs(pattern, own, globs, users));
      }
    }
    return groups;
  }

  /** The globs, and the plain paths that are folders since others lie beneath them. */
  private static List<FilePattern> manyFiles(FilePattern[] patterns) {
    Set<String> folders = new LinkedHashSet<>();
    for (FilePattern pattern : patterns) {
      String folder = pattern.folder();
      while (!folder.isEmpty() && folders.add(folder)) {
        folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
      }
    }
    return Arrays.stream(patterns)
        .filter(pattern -> pattern.isGlob() || folders.contains(pattern.text()))
        .toList();
  }

  private static Map<FilePattern, Touches> byPattern(
      Plan plan, Function<Task, List<FileAccess>> accesses) {
    Map<FilePattern, Touches> users = new LinkedHashMap<>();
    for (int i = 0; i < plan.tasks().size(); i++) {
      for (FileAccess access : accesses.apply(plan.tasks().get(i))) {
        users
            .computeIfAbsent(access.path(), path -> new Touches())
            .add(i, access.mode() == FileMode.WRITE);
      }
    }
    return users;
  }

  private static Touches withGlobs(
      FilePattern path, Touches own, List<FilePattern> globs, Map<FilePattern, Touches> users) {
    Touches all = own;
    for (FilePattern glob : globs) {
      if (glob.overlaps(path)) {
        all = all.with(usersOf(glob, users));
      }
    }
    return all;
  }

  private static void addOverlaps(
      List<FileUsers> groups,
      FilePattern glob,
      List<FilePattern> globs,
      Map<FilePattern, Touches> users) {
    for (FilePattern other : globs) {
      if (glob.compareTo(other) < 0 && glob.overlaps(other)) {
        Touches both = usersOf(glob, users).with(usersOf(other, users));
        add(groups, glob.text().length() >= other.text().length() ? glob : other, both);
      }
    }
  }

  private static Touches usersOf(FilePattern pattern, Map<FilePattern, Touches> users) {
    return users.getOrDefault(pattern, new Touches());
  }

  private static void add(List<FileUsers> groups, FilePattern path, Touches users) {
    if (users.size > 1 && users.written) {
      groups.add(new FileUsers(path.text(), users));
    }
  }

  int size() {
    return tasks.length;
  }

  /** The {@code i}-th of the tasks, ascending. */
  int task(int i) {
    return tasks[i];
  }

  /** Whether the {@code i}-th of the tasks writes. */
  boolean writesAt(int i) {
    return writes[i];
  }

  boolean writes(int task) {
    return writes[Arrays.binarySearch(tasks, task)];
  }

  FileLock asLock() {
    return asLock(Arrays.stream(tasks).boxed().toList());
  }

  /** The lock of those users that are {@code members}, ascending. */
  FileLock asLock(Collection<Integer> members) {
    List<Integer> writers = new ArrayList<>();
    List<Integer> readers = new ArrayList<>();
    for (int task : members) {
      (writes(task) ? writers : readers).add(task);
    }
    return new FileLock(path, writers, readers);
  }
}
