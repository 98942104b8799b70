package dev.makespan.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is there and who owns what, as the journal said at one moment.
 *
 * @param replicas that have said lately that they are there, this one included; 0: nothing is known
 * @param shards numbered from 1 without a gap
 */
public record Roster(int replicas, List<Entry> shards) {

  /** Before anything is known: one shard, owned by nobody. */
  public static final Roster UNKNOWN =
      new Roster(0, List.of(new Entry(1, new Member("", ""), false)));

  public Roster {
    shards = List.copyOf(shards);
  }

  /**
   * One shard.
   *
   * @param owner the last one
   * @param held the owner has said lately that it is there
   */
  public record Entry(int shard, Member owner, boolean held) {}

  /** So many shards may one replica own when all are to have about the same number. */
  public int share() {
    return Math.ceilDiv(shards.size(), Math.max(1, replicas));
  }

  boolean isKnown() {
    return replicas > 0;
  }

  boolean hasFree() {
    return shards.stream().anyMatch(entry -> !entry.held());
  }

  /** The owner of a shard; null: nobody is known to own it now. */
  public @Nullable Member findOwner(int shard) {
    for (Entry entry : shards) {
      if (entry.shard() == shard && entry.held()) {
        return entry.owner();
      }
    }
    return null;
  }

  /** The shard of a new run: all runs of a plan share one, since its intake limit counts there. */
  int shardOf(String planName) {
    return 1 + Math.floorMod(planName.hashCode(), shards.size());
  }
}
