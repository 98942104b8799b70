package dev.makespan.scheduler;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The durable side of a shard. Every method blocks, may be called by any thread, and throws {@link
 * JournalUnavailable} when the database can't say what became of it.
 */
public interface Journal {

  /** Makes the tables, or brings them up to date. */
  void prepare();

  /** Takes a shard that nobody holds. */
  Claim claim(String owner);

  /** Keeps a shard; to be said again before it expires. */
  Kept keep(Ownership ownership);

  /** Gives a shard back, so that the next owner need not wait. */
  void release(Ownership ownership);

  /**
   * Makes a group durable. Writing the same group again is the way out of an unknown outcome: it
   * yields the first answer.
   *
   * @throws JournalRefused if the group can never be written
   */
  Kept write(Ownership ownership, Group group);

  /** The runs of a shard that have not finished, by id. */
  List<RunSpec> liveRuns(int shard);

  /** The next {@code limit} or fewer events of {@code run} after a position. */
  List<RunEvent> events(RunId run, long afterPosition, int limit);

  /** What a request has led to, or a new id for its run. */
  Requested requested(String requestId);

  /** One run; null: there is none. */
  @Nullable StoredRun findRun(RunId run);

  /**
   * Runs without tasks, newest first.
   *
   * @param before ids below this one
   * @param planName empty: of all plans
   */
  List<RunSummary> runs(long before, String planName, int limit);

  /** The answer to a claim. */
  sealed interface Claim {

    /** It is ours from now on. */
    record Claimed(Ownership ownership, Instant at) implements Claim {}

    /** Somebody holds every shard. */
    record Occupied() implements Claim {}
  }

  /** The answer to whatever needs ownership. */
  sealed interface Kept {

    /**
     * Done, and the shard is still ours.
     *
     * @param at the database's clock
     */
    record Still(Instant at) implements Kept {}

    /** Somebody else owns the shard; nothing was changed. */
    record Lost() implements Kept {}
  }

  /** The answer about a request id. */
  sealed interface Requested {

    /** Never seen; the id is reserved for it. */
    record Unseen(RunId fresh) implements Requested {}

    /** It has a run already. */
    record Seen(RunId run, String bodyHash) implements Requested {}
  }

  /** A run's row. */
  record StoredRun(RunSpec spec, RunState state) {}
}
