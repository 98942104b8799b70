package dev.makespan.core.plan;

/**
 * Who of a run's ready tasks goes first, beside their priority classes.
 *
 * @param affinity a label: tasks with the same value of it go to the same agent where that is free;
 *     empty: none
 */
public record Dispatching(Policy policy, String affinity) {

  /** By least slack, and to no agent in particular. */
  public static final Dispatching DEFAULT = new Dispatching(Policy.SLACK, "");

  /** What decides within a priority class. */
  public enum Policy {
    /** Least slack, which is the longest way to the end. */
    SLACK,
    /** The shortest planned duration. */
    SHORTEST_FIRST,
    /** Who has been ready longest. */
    FIRST_COME
  }
}
