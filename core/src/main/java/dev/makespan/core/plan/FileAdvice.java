package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files that are read though nothing makes them, and owned files that others write. */
final class FileAdvice {

  /** Work on comparing patterns, in compared characters; past it the advice is incomplete. */
  private static final long MAX_COMPARED = 200_000_000L;

  private final Plan plan;
  private final List<Described> tasks;
  private final Problems problems;
  private long compared;

  FileAdvice(Plan plan, List<Described> tasks, Problems problems) {
    this.plan = plan;
    this.tasks = tasks;
    this.problems = problems;
  }

  void find() {
    checkOwners();
    checkReads();
    if (compared > MAX_COMPARED) {
      problems.note(
          tasks.getFirst().at(),
          "files-not-examined",
          "there are too many patterns of files to hold all against each other");
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
    Set<FilePattern> made = new LinkedHashSet<>();
    Map<FilePattern, Described> read = new LinkedHashMap<>();
    plan.files().forEach(policy -> made.add(policy.path()));
    for (Described described : tasks) {
      described.task().completion().deliverables().forEach(made::add);
      described.task().steps().forEach(step -> made.addAll(step.writes()));
      for (FileAccess access : described.task().files()) {
        if (access.mode() == FileMode.READ) {
          read.putIfAbsent(access.path(), described);
        } else {
          made.add(access.path());
        }
      }
    }
    List<FilePattern> globs = new ArrayList<>(made.stream().filter(FilePattern::isGlob).toList());
    read.forEach((path, reader) -> {
      if (!made.contains(path) && !isMade(path, path.isGlob() ? made : globs)) {
        report(path, reader);
      }
    });
  }

  private boolean isMade(FilePattern path, Iterable<FilePattern> made) {
    for (FilePattern other : made) {
      if (overlap(path, other)) {
        return true;
      }
    }
    return compared > MAX_COMPARED;
  }

  private void report(FilePattern path, Described reader) {
    String message =
        "task '%s' reads '%s', which no task writes".formatted(reader.task().id(), path);
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
