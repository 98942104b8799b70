package dev.makespan.planner;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the scheduler tells it.
 *
 * @param free slots that may be given away now
 * @param gateway by which it is reached; empty: it is not connected
 * @param heardAt null: nothing was heard of it since its shard was taken over
 */
public record ObservedAgent(
    String id,
    List<String> roles,
    int slots,
    int free,
    List<Held> attempts,
    String gateway,
    @Nullable Instant heardAt,
    boolean connected,
    boolean draining,
    boolean silent,
    List<ObservedPause> pauses,
    int shard) {

  public ObservedAgent {
    roles = List.copyOf(roles);
    attempts = List.copyOf(attempts);
    pauses = List.copyOf(pauses);
  }

  /** What it works on. */
  public record Held(long run, String task, long fence) {}
}
