package dev.makespan.scheduler;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable side of a shard. Every method blocks, may be called by any thread, and throws {@link
 * JournalUnavailable} when the database can't say what became of it.
 */
public interface Journal {

  /** Makes the tables, or brings them up to date. */
  void prepare();

  /** Says that a replica is there; who else is, and who owns what. */
  Roster present(Member replica);

  /**
   * Takes a shard that nobody holds.
   *
   * @param but not one of these, which {@code owner} serves already
   */
  Claim claim(Member owner, Set<Integer> but);

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

  /** The next {@code limit} or fewer runs of a shard that have not finished, by id. */
  List<RunSpec> liveRuns(int shard, long afterRun, int limit);

  /**
   * The next {@code limit} or fewer events of some runs, by run and position.
   *
   * @param after the last one that is known; null: from the first on
   */
  List<RunEvent> events(List<RunId> runs, @Nullable RunEvent after, int limit);

  /** The next {@code limit} or fewer events of {@code run} after a position. */
  List<RunEvent> events(RunId run, long afterPosition, int limit);

  /**
   * What a request has led to, or the id of the run that it may start: the same for everybody who
   * asks with the same body.
   *
   * @param shard for the run, unless an earlier question has named another
   */
  Requested requested(String requestId, String bodyHash, int shard);

  /** The shard of a run; null: there is no such run. */
  @Nullable Integer findShard(RunId run);

  /**
   * Forgets runs that finished longer than {@code kept} ago, and their events, a part at a time.
   *
   * @return whether there may be more
   */
  boolean dropFinished(Duration kept);

  /** One run; null: there is none. */
  @Nullable StoredRun findRun(RunId run);

  /**
   * Runs without tasks, newest first.
   *
   * @param before ids below this one
   * @param planName empty: of all plans
   */
  List<RunSummary> runs(long before, String planName, int limit);

  /** What operators have paused, by kind and name. */
  List<AgentPause> agentPauses();

  /** Pauses an agent or a role; once more it changes who said so and why. */
  void pauseAgents(AgentPause.Kind kind, String name, String reason, String by);

  /** Ends a pause, if there is one. */
  void resumeAgents(AgentPause.Kind kind, String name);

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

    /** Not started yet; id and shard are reserved for it. */
    record Reserved(RunId run, int shard) implements Requested {}

    /** It has a run already, or one is reserved for another body. */
    record Seen(RunId run, String bodyHash) implements Requested {}
  }

  /** A run's row. */
  record StoredRun(RunSpec spec, RunState state) {}
}
