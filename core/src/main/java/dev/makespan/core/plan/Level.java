package dev.makespan.core.plan;

/** A rough size of a risk, a likelihood or an impact. */
public enum Level {
  LOW,
  MEDIUM,
  HIGH
}
