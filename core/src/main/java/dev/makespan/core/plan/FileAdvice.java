package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that many write, that are owned and others write, and that are read and nothing makes. */
final class FileAdvice {

  /** Tasks that write one file before it is called hot. */
  private static final int HOT = 3;

  /** Work on comparing patterns, in compared characters; past it the advice is incomplete. */
  private static final long MAX_COMPARED = 200_000_000L;

  private final Plan plan;
  private final List<Described> tasks;
  private final Problems problems;

  private final Map<FilePattern, Use> uses = new LinkedHashMap<>();
  private final List<First> written = new ArrayList<>();
  private final List<First> read = new ArrayList<>();
  private final List<FilePattern> made = new ArrayList<>();
  private long compared;

  FileAdvice(Plan plan, List<Described> tasks, Problems problems) {
    this.plan = plan;
    this.tasks = tasks;
    this.problems = problems;
  }

  /** What is done with a path, as far as it was looked at. */
  private static final class Use {
    private int writers;
    private boolean isRead;
    private boolean isMade;
  }

  /** The first task that does something with a path. */
  private record First(FilePattern path, Use use, Described task) {}

  void find() {
    plan.files().forEach(policy -> make(policy.path()));
    tasks.forEach(this::collect);
    checkHotFiles();
    checkOwners();
    checkReads();
    if (compared > MAX_COMPARED) {
      problems.note(
          tasks.getFirst().at(),
          "files-not-examined",
          "there are too many patterns of files to hold all against each other");
    }
  }

  private void collect(Described described) {
    Task task = described.task();
    for (FilePattern delivered : task.completion().deliverables()) {
      make(delivered);
    }
    for (Step step : task.steps()) {
      step.writes().forEach(this::make);
    }
    List<FileAccess> locks = plan.locksOf(task);
    for (int i = 0; i < locks.size(); i++) {
      FileAccess access = task.files().get(i);
      Use use = access.mode() == FileMode.READ ? useOf(access.path()) : make(access.path());
      if (access.mode() == FileMode.READ && !use.isRead) {
        use.isRead = true;
        read.add(new First(access.path(), use, described));
      }
      if (locks.get(i).mode() == FileMode.WRITE && use.writers++ == 0) {
        written.add(new First(access.path(), use, described));
      }
    }
  }

  private Use useOf(FilePattern path) {
    return uses.computeIfAbsent(path, p -> new Use());
  }

  private Use make(FilePattern path) {
    Use use = useOf(path);
    if (!use.isMade) {
      use.isMade = true;
      made.add(path);
    }
    return use;
  }

  private void checkHotFiles() {
    for (First first : written) {
      if (first.use().writers >= HOT) {
        problems.note(
            first.task().at(),
            "hot-file",
            first.use().writers + " tasks write '" + first.path() + "' and take turns at it");
      }
    }
  }

  private boolean overlap(FilePattern left, FilePattern right) {
    if (!left.isGlob() && !right.isGlob()) {
      return left.equals(right);
    }
    compared += (long) left.text().length() * right.text().length();
    return compared <= MAX_COMPARED && left.overlaps(right);
  }

  private void checkOwners() {
    List<FilePolicy> owned =
        plan.files().stream().filter(p -> p.kind() == FilePolicy.Kind.OWNER).toList();
    if (owned.isEmpty()) {
      return;
    }
    for (Described described : tasks) {
      for (FileAccess access : described.task().files()) {
        for (FilePolicy policy : access.mode() == FileMode.READ ? List.<FilePolicy>of() : owned) {
          checkOwner(described, access, policy);
        }
      }
    }
  }

  private void checkOwner(Described described, FileAccess access, FilePolicy policy) {
    if (!described.task().id().equals(policy.owner()) && overlap(policy.path(), access.path())) {
      problems.warning(
          described.at(),
          "not-the-owner",
          "task '%s' writes '%s', which belongs to task '%s'"
              .formatted(described.task().id(), access.path(), policy.owner()));
    }
  }

  private void checkReads() {
    List<FilePattern> globs = made.stream().filter(FilePattern::isGlob).toList();
    for (First first : read) {
      FilePattern path = first.path();
      if (!first.use().isMade && !isMade(path, path.isGlob() ? made : globs)) {
        report(path, first.task());
      }
    }
  }

  private boolean isMade(FilePattern path, List<FilePattern> made) {
    for (FilePattern other : made) {
      if (overlap(path, other)) {
        return true;
      }
    }
    return compared > MAX_COMPARED;
  }

  private void report(FilePattern path, Described reader) {
    String message = "task '" + reader.task().id() + "' reads '" + path + "', which no task writes";
    if (plan.workspace() == null) {
      problems.warning(
          reader.at(),
          "nobody-writes",
          message + "; declare it under 'files' when it is there from the start");
    } else {
      problems.note(reader.at(), "nobody-writes", message + ": the repository must have it");
    }
  }
}
