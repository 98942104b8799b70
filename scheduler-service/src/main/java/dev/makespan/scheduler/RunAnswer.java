package dev.makespan.scheduler;

import dev.makespan.core.dispatch.Outcome;
import dev.makespan.core.run.RunView;
import dev.makespan.core.task.RunId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The answer to what a client asks about one run. */
public sealed interface RunAnswer {

  /** The run, at a position that is durable. */
  record Found(RunView view) implements RunAnswer {}

  /** There is no such run. */
  record NoSuchRun(RunId run) implements RunAnswer {}

  /** The request id stands for another request. */
  record UsedBefore(String requestId, RunId run) implements RunAnswer {}

  /** The rules said no. */
  record Refused(Outcome.Refused why) implements RunAnswer {}

  /** Too many calls wait. */
  record Busy(String message, Duration retryAfter) implements RunAnswer {}

  /**
   * Not from here, or not now; what became of a change is unknown, the same call tells.
   *
   * @param owner {@code host:port} of who can be asked instead; null: nobody is known
   */
  record Unavailable(String message, @Nullable String owner) implements RunAnswer {
    Unavailable(String message) {
      this(message, null);
    }
  }
}
