package dev.makespan.scheduler;

import dev.makespan.core.task.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which shard a run belongs to. Asks the journal for what it has not seen; any thread may ask. */
final class Directory {

  /** Runs that are remembered. */
  static final int MAX_KNOWN = 100_000;

  private final Journal journal;
  private final Map<RunId, Integer> known = new LinkedHashMap<>();
  private volatile Roster roster = Roster.UNKNOWN;

  Directory(Journal journal) {
    this.journal = journal;
  }

  Roster roster() {
    return roster;
  }

  void update(Roster seen) {
    roster = seen;
  }

  /** A run's shard never changes; null: there is no such run. */
  @Nullable Integer findShard(RunId run) {
    if (roster.shards().size() == 1) {
      return 1;
    }
    synchronized (known) {
      Integer shard = known.get(run);
      if (shard != null) {
        return shard;
      }
    }
    Integer shard = journal.findShard(run);
    if (shard != null) {
      remember(run, shard);
    }
    return shard;
  }

  private void remember(RunId run, int shard) {
    synchronized (known) {
      known.put(run, shard);
      if (known.size() > MAX_KNOWN) {
        known.remove(known.keySet().iterator().next());
      }
    }
  }
}
