package dev.makespan.scheduler.store;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.task.RunId;
import dev.makespan.scheduler.Group;
import dev.makespan.scheduler.Journal;
import dev.makespan.scheduler.JournalUnavailable;
import dev.makespan.scheduler.Member;
import dev.makespan.scheduler.Ownership;
import dev.makespan.scheduler.Roster;
import dev.makespan.scheduler.RunSummary;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The journal in PostgreSQL. */
public final class PgJournal implements Journal {

  /** With one statement. A group that takes longer is asked for again. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Flyway flyway;
  private final ShardTable shards;
  private final GroupTable groups;
  private final RunTable runs;
  private final RetentionTables retention;
  private final AgentPauseTable pauses;
  private final int shardCount;

  /**
   * The journal behind {@code pool}.
   *
   * @param expiry how long an owner may be silent
   * @param shards so many there are at least
   */
  public PgJournal(Pool pool, Flyway flyway, Duration expiry, int shards) {
    Database database = new Database(pool, PATIENCE);
    this.flyway = flyway;
    this.shards = new ShardTable(database, expiry);
    this.groups = new GroupTable(database);
    this.runs = new RunTable(database);
    this.retention = new RetentionTables(database);
    this.pauses = new AgentPauseTable(database);
    this.shardCount = shards;
  }

  @Override
  public void prepare() {
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      throw new JournalUnavailable("the tables can't be made: " + e.getMessage(), e);
    }
    shards.prepare(shardCount);
  }

  @Override
  public Roster present(Member replica) {
    return shards.present(replica);
  }

  @Override
  public Claim claim(Member owner, Set<Integer> but) {
    return shards.claim(owner, but);
  }

  @Override
  public Kept keep(Ownership ownership) {
    return shards.keep(ownership);
  }

  @Override
  public void release(Ownership ownership) {
    shards.release(ownership);
  }

  @Override
  public Kept write(Ownership ownership, Group group) {
    return groups.write(ownership, group);
  }

  @Override
  public List<RunSpec> liveRuns(int shard, long afterRun, int limit) {
    return runs.live(shard, afterRun, limit);
  }

  @Override
  public List<RunEvent> events(List<RunId> of, @Nullable RunEvent after, int limit) {
    return runs.events(of, after, limit);
  }

  @Override
  public List<RunEvent> events(RunId run, long afterPosition, int limit) {
    return runs.events(run, afterPosition, limit);
  }

  @Override
  public Requested requested(String requestId, String bodyHash, int shard) {
    return runs.requested(requestId, bodyHash, shard);
  }

  @Override
  public @Nullable Integer findShard(RunId run) {
    return runs.findShard(run);
  }

  @Override
  public boolean dropFinished(Duration kept) {
    return retention.drop(kept);
  }

  @Override
  public @Nullable StoredRun findRun(RunId run) {
    return runs.find(run);
  }

  @Override
  public List<AgentPause> agentPauses() {
    return pauses.all();
  }

  @Override
  public void pauseAgents(AgentPause.Kind kind, String name, String reason, String by) {
    pauses.pause(kind, name, reason, by);
  }

  @Override
  public void resumeAgents(AgentPause.Kind kind, String name) {
    pauses.resume(kind, name);
  }

  @Override
  public List<RunSummary> runs(long before, String planName, int limit) {
    return runs.page(before, planName, limit);
  }
}
