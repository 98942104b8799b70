package dev.makespan.scheduler.store;

import dev.makespan.scheduler.Journal.Claim;
import dev.makespan.scheduler.Journal.Kept;
import dev.makespan.scheduler.Ownership;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/** Who owns which shard. The database's clock alone says whether somebody has been silent. */
final class ShardTable {

  /** The row lock waits for groups of the old owner that are on their way, by skipping. */
  private static final String CLAIM =
      """
      UPDATE scheduler.shard
         SET generation = nextval('scheduler.generation'), owner = $1,
             heartbeat_at = clock_timestamp()
       WHERE id = (SELECT id FROM scheduler.shard
                    WHERE heartbeat_at < clock_timestamp() - $2::bigint * interval '1 microsecond'
                    ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)
      RETURNING id, generation, clock_timestamp()
      """;

  private static final String KEEP =
      """
      UPDATE scheduler.shard SET heartbeat_at = clock_timestamp()
       WHERE id = $1 AND generation = $2
      RETURNING clock_timestamp()
      """;

  private static final String RELEASE =
      """
      UPDATE scheduler.shard SET heartbeat_at = '-infinity', owner = ''
       WHERE id = $1 AND generation = $2
      """;

  private final Database database;
  private final Duration expiry;

  ShardTable(Database database, Duration expiry) {
    this.database = database;
    this.expiry = expiry;
  }

  Claim claim(String owner) {
    RowSet<Row> rows = database.ask(CLAIM, Tuple.of(owner, expiry.toNanos() / 1000));
    if (rows.size() == 0) {
      return new Claim.Occupied();
    }
    Row row = rows.iterator().next();
    return new Claim.Claimed(
        new Ownership(row.getInteger(0), row.getLong(1)), row.getOffsetDateTime(2).toInstant());
  }

  Kept keep(Ownership ownership) {
    RowSet<Row> rows = database.ask(KEEP, named(ownership));
    return rows.size() == 0
        ? new Kept.Lost()
        : new Kept.Still(rows.iterator().next().getOffsetDateTime(0).toInstant());
  }

  void release(Ownership ownership) {
    database.ask(RELEASE, named(ownership));
  }

  private static Tuple named(Ownership ownership) {
    return Tuple.of(ownership.shard(), ownership.generation());
  }
}
