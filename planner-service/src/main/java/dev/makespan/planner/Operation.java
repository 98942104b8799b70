package dev.makespan.planner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A computation that goes on without its caller.
 *
 * @param question with nothing open
 * @param finishedAt null: not finished
 * @param failure what it failed of; null: it did not
 */
public record Operation(
    long id,
    StoredName plan,
    Question question,
    State state,
    Progress progress,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable Failure failure) {

  /** The version of a plan that it is about; it may be deleted since. */
  public record StoredName(String name, int version, String contentHash) {}

  /**
   * Why it failed.
   *
   * @param reason a stable name for programs
   */
  public record Failure(String reason, String message) {}

  /** Where an operation stands. */
  public enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
      return switch (this) {
        case RUNNING -> false;
        case DONE, FAILED, CANCELLED -> true;
      };
    }
  }

  Operation with(Progress newer) {
    return new Operation(id, plan, question, state, newer, createdAt, finishedAt, failure);
  }
}
