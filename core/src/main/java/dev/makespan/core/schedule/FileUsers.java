package dev.makespan.core.schedule;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The tasks that touch one path or glob, and which of them write. */
final class FileUsers {

  /** Groups stand in the order of these. */
  static final Comparator<FileUsers> IN_ORDER = Comparator.comparing(group -> group.pattern);

  /** Work on holding patterns against each other; past it those that are left are not. */
  static final long MAX_COMPARED = 20_000_000;

  /** Tasks listed in groups because of a pattern that meets their own; past it no more are. */
  static final long MAX_JOINED = 4_000_000;

  /** What looking at two whole patterns costs, in looks at their beginnings. */
  private static final int WHOLE = 20;

  private final FilePattern pattern;
  private final FilePattern named;
  private final Touches users;

  private FileUsers(FilePattern pattern, FilePattern named, Touches users) {
    this.pattern = pattern;
    this.named = named;
    this.users = users;
  }

  /** What was spent so far on finding patterns that meet. */
  private static final class Effort {
    private long compared;
    private long joined;

    boolean isSpent() {
      return compared > MAX_COMPARED || joined > MAX_JOINED;
    }

    boolean overlap(FilePattern one, FilePattern other) {
      boolean may = one.mayOverlap(other);
      compared += may ? WHOLE : 1;
      return may && one.overlaps(other);
    }

    Touches joined(Touches one, Touches other) {
      Touches both = one.with(other);
      joined += both.size;
      return both;
    }
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
   * that overlap, of at least two tasks of which at least one writes. Those that are {@link
   * #IN_ORDER} equal stand in their order; to sort the few that matter is left to the caller.
   */
  static List<FileUsers> of(Plan plan, Function<Task, List<FileAccess>> accesses) {
    return of(plan, accesses, new Effort());
  }

  /** Whether {@link #of} looks at all patterns of this plan, and leaves none for want of time. */
  static boolean isExhaustive(Plan plan, Function<Task, List<FileAccess>> accesses) {
    Map<FilePattern, Touches> users = byPattern(plan, accesses);
    List<FilePattern> globs = manyFiles(users.keySet());
    long touches = globs.stream().mapToLong(glob -> usersOf(glob, users).size + 1L).sum();
    if ((touches + globs.size() * (long) WHOLE) * users.size() < MAX_JOINED) {
      return true;
    }
    Effort effort = new Effort();
    of(plan, accesses, effort);
    return !effort.isSpent();
  }

  private static List<FileUsers> of(
      Plan plan, Function<Task, List<FileAccess>> accesses, Effort effort) {
    Map<FilePattern, Touches> users = byPattern(plan, accesses);
    List<FilePattern> globs = manyFiles(users.keySet());
    Set<FilePattern> many = new LinkedHashSet<>(globs);
    List<FileUsers> groups = new ArrayList<>();
    users.forEach((pattern, own) -> {
      if (many.contains(pattern)) {
        add(groups, pattern, pattern, own);
        addOverlaps(groups, pattern, globs, users, effort);
      } else {
        add(groups, pattern, pattern, withGlobs(pattern, own, globs, users, effort));
      }
    });
    return groups;
  }

  /** The globs, and the plain paths that are folders since others lie beneath them. */
  private static List<FilePattern> manyFiles(Set<FilePattern> patterns) {
    Set<String> folders = new LinkedHashSet<>();
    for (FilePattern pattern : patterns) {
      String folder = pattern.folder();
      while (!folder.isEmpty() && folders.add(folder)) {
        folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
      }
    }
    return patterns.stream()
        .filter(pattern -> pattern.isGlob() || folders.contains(pattern.text()))
        .sorted()
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
      FilePattern path,
      Touches own,
      List<FilePattern> globs,
      Map<FilePattern, Touches> users,
      Effort effort) {
    Touches all = own;
    for (int i = 0; i < globs.size() && !effort.isSpent(); i++) {
      FilePattern glob = globs.get(i);
      if (effort.overlap(glob, path)) {
        all = effort.joined(all, usersOf(glob, users));
      }
    }
    return all;
  }

  private static void addOverlaps(
      List<FileUsers> groups,
      FilePattern glob,
      List<FilePattern> globs,
      Map<FilePattern, Touches> users,
      Effort effort) {
    for (int i = 0; i < globs.size() && !effort.isSpent(); i++) {
      FilePattern other = globs.get(i);
      if (glob.compareTo(other) < 0 && effort.overlap(glob, other)) {
        Touches both = effort.joined(usersOf(glob, users), usersOf(other, users));
        boolean isNarrow = glob.text().length() >= other.text().length();
        add(groups, glob, isNarrow ? glob : other, both);
      }
    }
  }

  private static Touches usersOf(FilePattern pattern, Map<FilePattern, Touches> users) {
    return users.getOrDefault(pattern, new Touches());
  }

  private static void add(
      List<FileUsers> groups, FilePattern pattern, FilePattern named, Touches users) {
    if (users.size > 1 && users.written) {
      groups.add(new FileUsers(pattern, named, users));
    }
  }

  int size() {
    return users.size;
  }

  /** The {@code i}-th of the tasks, ascending. */
  int task(int i) {
    return users.tasks[i];
  }

  /** Whether the {@code i}-th of the tasks writes. */
  boolean writesAt(int i) {
    return users.writes[i];
  }

  boolean writes(int task) {
    return users.writes[Arrays.binarySearch(users.tasks, 0, users.size, task)];
  }

  FileLock asLock() {
    return asLock(Arrays.stream(users.tasks, 0, users.size).boxed().toList());
  }

  /** The lock of those users that are {@code members}, ascending. */
  FileLock asLock(Collection<Integer> members) {
    List<Integer> writers = new ArrayList<>();
    List<Integer> readers = new ArrayList<>();
    for (int task : members) {
      (writes(task) ? writers : readers).add(task);
    }
    return new FileLock(named.text(), writers, readers);
  }
}
