package dev.makespan.core.plan;

/** One path or glob that a task touches, and how. */
public record FileAccess(FilePattern path, FileMode mode) {

  /** Whether two tasks with these accesses must not run side by side. */
  public boolean conflictsWith(FileAccess other) {
    return mode.conflictsWith(other.mode) && path.overlaps(other.path);
  }
}
