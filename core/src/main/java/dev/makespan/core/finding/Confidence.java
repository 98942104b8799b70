package dev.makespan.core.finding;

/** How far a finding can be relied on. */
public enum Confidence {
  /** It follows from what the plan says. */
  CERTAIN,
  /** It follows if the plan's files and steps are all there are. */
  PROBABLE,
  /** It rests on an assumption that the finding names. */
  POSSIBLE
}
