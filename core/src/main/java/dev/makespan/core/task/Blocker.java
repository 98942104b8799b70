package dev.makespan.core.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question without whose answer an agent can't go on.
 *
 * @param id chosen by the agent, one for each question of an attempt
 * @param fence of the attempt that asks
 * @param kept the attempt waits for the answer with its slot and locks
 * @param answer null: it is open
 */
public record Blocker(
    String id, long fence, String text, boolean kept, Instant raisedAt, @Nullable Answer answer) {

  /** What a person said to it. */
  public record Answer(String text, String by, Instant at) {}

  public boolean isOpen() {
    return answer == null;
  }

  Blocker answered(String text, String by, Instant at) {
    return new Blocker(id, fence, this.text, kept, raisedAt, new Answer(text, by, at));
  }
}
