package dev.makespan.core.plan;

/** How a task touches a file. Appends commute; regenerated files are made anew and never merged. */
public enum FileMode {
  READ,
  WRITE,
  APPEND,
  REGENERATE
}
