package dev.makespan.core.merge;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Execution;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Reserved;
import dev.makespan.core.plan.Retry;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The work of merging, as a task that no plan has: it lives as tasks do, under leases and fences of
 * agents with a role of its own, and begins anew with each batch.
 */
public final class Integration {

  /** No task of a plan may be called so. */
  public static final TaskId TASK = Reserved.INTEGRATION;

  /** What an agent offers that merges. No task of a plan may ask for it. */
  public static final Role ROLE = Reserved.INTEGRATOR;

  /** A batch has at most so many members. */
  public static final int MAX_BATCH = 50;

  /** From the acceptance of a batch to its report. */
  public static final Duration TIMEOUT = Duration.ofHours(4);

  private static final Duration EXPECTED = Duration.ofMinutes(1);

  /** It goes before all else: others wait for what it lands. */
  private static final Task AS_TASK =
      new Task(
          TASK,
          "Integration",
          new Placement(null, ROLE, Priority.P0, Level.LOW, Map.of()),
          Estimate.exactly(EXPECTED),
          List.of(),
          List.of(),
          List.of(),
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          new Execution(
              new Work.AgentsDefault(),
              Map.of(),
              List.of(),
              TIMEOUT,
              Retry.DEFAULT,
              List.of(),
              List.of()),
          Completion.NONE,
          Budget.NONE);

  private Integration() {}

  /** The same for all runs. */
  public static Task task() {
    return AS_TASK;
  }
}
