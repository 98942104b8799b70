package dev.makespan.scheduler;

import dev.makespan.core.dispatch.Explanation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The answer to whoever asks why tasks are not running. */
public sealed interface ExplainAnswer {

  record Explained(Explanation explanation) implements ExplainAnswer {}

  /** No such run is live, or it has no such task. */
  record NotFound(String message) implements ExplainAnswer {}

  /** Too many calls wait. */
  record Busy(String message, Duration retryAfter) implements ExplainAnswer {}

  /**
   * Not from here, or not now.
   *
   * @param owner {@code host:port} of who can be asked instead; null: nobody is known
   */
  record Unavailable(String message, @Nullable String owner) implements ExplainAnswer {}
}
