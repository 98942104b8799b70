package dev.makespan.core.dispatch;

import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.task.RunId;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All live runs of one writer and the agents that are there. Not thread-safe: one thread owns it.
 *
 * <p>Agents are not journaled: after a take-over their sessions are said again. Leases of restored
 * runs hold a whole lease from the restoration, since nobody knows when they were last renewed.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Shard {

  /**
   * @param generation of the ownership; the upper half of every fence
   * @param chance for the jitter of back-offs
   */
  public Shard(long generation, ShardSettings settings, RandomGenerator chance) {}

  /** Takes over a run that was live; {@code journal} is all of its events in order. */
  public void restore(RunSpec spec, List<RunEvent> journal, Instant now) {
    throw new IllegalStateException("being written");
  }

  /** Decides, applies, and says what must be durable and done. Time never goes back. */
  public Outcome handle(ShardInput input, Instant now) {
    throw new IllegalStateException("being written");
  }

  /** When the next {@link ShardInput.Tick} has something to do; null: nothing is timed. */
  public @Nullable Instant nextDeadline() {
    throw new IllegalStateException("being written");
  }

  /** A run of this shard, live or finished since it was taken over or started; null: none. */
  public @Nullable Run findRun(RunId id) {
    throw new IllegalStateException("being written");
  }

  /** Forgets a finished run, of which nobody needs to hear any more. */
  public void forget(RunId id) {
    throw new IllegalStateException("being written");
  }
}
