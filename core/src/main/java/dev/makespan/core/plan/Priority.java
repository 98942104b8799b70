package dev.makespan.core.plan;

/** How important a task is; P0 goes first. */
public enum Priority {
  P0,
  P1,
  P2,
  P3
}
