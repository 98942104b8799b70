package dev.makespan.scheduler;

import dev.makespan.core.dispatch.Explanation;
import java.time.Duration;

/** The answer to whoever asks why tasks are not running. */
public sealed interface ExplainAnswer {

  record Explained(Explanation explanation) implements ExplainAnswer {}

  /** No such run is live, or it has no such task. */
  record NotFound(String message) implements ExplainAnswer {}

  /** Too many calls wait. */
  record Busy(String message, Duration retryAfter) implements ExplainAnswer {}

  /** Not from here, or not now. */
  record Unavailable(String message) implements ExplainAnswer {}
}
