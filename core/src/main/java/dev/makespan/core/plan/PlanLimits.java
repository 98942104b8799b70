package dev.makespan.core.plan;

import java.time.Duration;

/** How large a plan and its parts may be. */
public final class PlanLimits {

  /** Tasks in a plan. */
  public static final int MAX_TASKS = 1_000_000;

  /** File policies of a plan: every access of a file is held against them. */
  public static final int MAX_FILE_POLICIES = 1_000;

  /** Milestones of a task. */
  public static final int MAX_MILESTONES = 200;

  /** Problems that a check lists; one more says that there are others. */
  public static final int MAX_PROBLEMS = 1_000;

  /** Longest single duration. */
  public static final Duration MAX_DURATION = Duration.ofDays(3_650);

  /** Longest title or name, in UTF-16 units. */
  public static final int MAX_TITLE = 1_000;

  /** Longest script, prompt or other text, in UTF-16 units. */
  public static final int MAX_TEXT = 1 << 20;

  /** Slots of a role, units of a resource, runs in an intake. */
  public static final int MAX_CAPACITY = 1_000_000;

  /** Attempts of a task. */
  public static final int MAX_ATTEMPTS = 100;

  /** Longest value of a parameter, in UTF-16 units. */
  public static final int MAX_PARAMETER_VALUE = 1 << 16;

  /** All that the values of parameters may add to a plan, in UTF-16 units. */
  public static final long MAX_SUBSTITUTED = 64L << 20;

  /** Ids of a cycle that are named. */
  public static final int MAX_CYCLE_IDS = 10;

  /** Separate cycles that are named. */
  public static final int MAX_CYCLES = 100;

  private PlanLimits() {}
}
