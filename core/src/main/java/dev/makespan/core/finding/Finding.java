package dev.makespan.core.finding;

import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.List;

/**
 * Something about a plan that its author may have missed.
 *
 * @param id unique in the plan and the same from day to day while its subject is: {@code
 *     write-write:src/main.rs}; no whitespace
 * @param severity how much it endangers or delays the plan
 * @param title one sentence: what was found
 * @param tasks whom it concerns, in the plan's order
 * @param remedies the recommended one first; empty: worth knowing, nothing to do
 */
public record Finding(
    String id,
    FindingKind kind,
    Level severity,
    Confidence confidence,
    String title,
    List<TaskId> tasks,
    List<Evidence> evidence,
    List<Remedy> remedies) {

  public Finding {
    tasks = List.copyOf(tasks);
    evidence = List.copyOf(evidence);
    remedies = List.copyOf(remedies);
  }

  /** What the recommended remedy wins; zero without one. */
  public Duration gain() {
    return remedies.isEmpty() ? Duration.ZERO : remedies.getFirst().gain();
  }
}
