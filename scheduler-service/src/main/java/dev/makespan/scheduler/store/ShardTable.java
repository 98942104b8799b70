package dev.makespan.scheduler.store;

import dev.makespan.scheduler.Journal.Claim;
import dev.makespan.scheduler.Journal.Kept;
import dev.makespan.scheduler.Member;
import dev.makespan.scheduler.Ownership;
import dev.makespan.scheduler.Roster;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who owns which shard. The database's clock alone says whether somebody has been silent. */
final class ShardTable {

  /** The row lock waits for groups of the old owner that are on their way, by skipping. */
  private static final String CLAIM =
      """
      UPDATE scheduler.shard
         SET generation = nextval('scheduler.generation'), owner = $1, address = $2,
             heartbeat_at = clock_timestamp()
       WHERE id = (SELECT id FROM scheduler.shard
                    WHERE heartbeat_at < clock_timestamp() - $3::bigint * interval '1 microsecond'
                      AND id <> ALL ($4::integer[])
                    ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)
      RETURNING id, generation, clock_timestamp()
      """;

  private static final String ADD =
      """
      INSERT INTO scheduler.shard (id, generation, owner, heartbeat_at)
      SELECT id, 0, '', '-infinity' FROM generate_series(1, $1) AS s(id)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String FORGET =
      "DELETE FROM scheduler.replica WHERE heartbeat_at < clock_timestamp() - interval '1 hour'";

  /** Nothing rests on a presence, so nobody waits until it is durable. */
  private static final String PRESENT =
      """
      WITH quick AS MATERIALIZED (
        SELECT set_config('synchronous_commit', 'off', true)
      ), present AS (
        INSERT INTO scheduler.replica (name, address, heartbeat_at)
        SELECT $1, $2, clock_timestamp() FROM quick
        ON CONFLICT (name) DO UPDATE SET heartbeat_at = excluded.heartbeat_at
      ), others AS MATERIALIZED (
        SELECT count(*) AS n FROM scheduler.replica
         WHERE name <> $1
           AND heartbeat_at >= clock_timestamp() - $3::bigint * interval '1 microsecond'
      )
      SELECT s.id, s.owner, s.address,
             s.heartbeat_at >= clock_timestamp() - $3::bigint * interval '1 microsecond' AS held,
             others.n AS others
        FROM scheduler.shard s CROSS JOIN others ORDER BY s.id
      """;

  private static final String KEEP =
      """
      UPDATE scheduler.shard SET heartbeat_at = clock_timestamp()
       WHERE id = $1 AND generation = $2
      RETURNING clock_timestamp()
      """;

  private static final String RELEASE =
      """
      UPDATE scheduler.shard SET heartbeat_at = '-infinity', owner = '', address = ''
       WHERE id = $1 AND generation = $2
      """;

  private final Database database;
  private final Duration expiry;

  ShardTable(Database database, Duration expiry) {
    this.database = database;
    this.expiry = expiry;
  }

  /** Makes shards up to this number, where there are none, and forgets who has long been gone. */
  void prepare(int shards) {
    database.ask(ADD, Tuple.of(shards));
    database.ask(FORGET, Tuple.tuple());
  }

  Roster present(Member replica) {
    List<Roster.Entry> shards = new ArrayList<>();
    long others = 0;
    Tuple asked = Tuple.of(replica.name(), replica.address(), micros());
    for (Row row : database.ask(PRESENT, asked)) {
      Member owner = new Member(row.getString(1), row.getString(2));
      shards.add(new Roster.Entry(row.getInteger(0), owner, row.getBoolean(3)));
      others = row.getLong(4);
    }
    return new Roster((int) others + 1, shards);
  }

  private long micros() {
    return expiry.toNanos() / 1000;
  }

  Claim claim(Member owner, Set<Integer> but) {
    Tuple asked = Tuple.of(owner.name(), owner.address(), micros(), but.toArray(Integer[]::new));
    RowSet<Row> rows = database.ask(CLAIM, asked);
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
