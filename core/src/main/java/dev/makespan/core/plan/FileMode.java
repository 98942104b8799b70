package dev.makespan.core.plan;

/** How a task touches a file. Appends commute; regenerated files are made anew and never merged. */
public enum FileMode {
  READ,
  WRITE,
  APPEND,
  REGENERATE;

  /** Whether two tasks that touch one file so must not run side by side: one of them writes. */
  public boolean conflictsWith(FileMode other) {
    return this == WRITE || other == WRITE;
  }
}
