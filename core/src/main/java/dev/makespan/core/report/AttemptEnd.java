package dev.makespan.core.report;

/** How an attempt ended, or that it goes on. */
public enum AttemptEnd {
  OPEN,
  DONE,
  FAILED,
  /** A gate was red. */
  REJECTED,
  /** The agent was lost, or its lease ran out. */
  LOST,
  /** Refused by the agent, or never delivered; nothing is charged. */
  RETURNED,
  CANCELLED
}
