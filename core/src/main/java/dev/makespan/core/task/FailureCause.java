package dev.makespan.core.task;

/** What an attempt failed of; each is counted and limited by itself. */
public enum FailureCause {
  /** The work itself. */
  WORK,
  /** The agent was lost or its lease ran out. */
  INFRA,
  /** A gate was red. */
  GATE
}
