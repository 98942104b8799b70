package dev.makespan.scheduler.store;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/**
 * Drops old runs in parts that hold no lock for long. A run's row goes first, so that nobody reads
 * a run of which a part is missing; its events follow.
 */
final class RetentionTables {

  /** Runs of one part. */
  static final int RUNS = 100;

  /** Events of one part. */
  static final int EVENTS = 10_000;

  private static final String DROP_RUNS =
      """
      WITH old AS (
        SELECT id FROM scheduler.run
         WHERE finished_at < clock_timestamp() - $1::bigint * interval '1 second'
         ORDER BY finished_at LIMIT $2 FOR UPDATE SKIP LOCKED
      ), dropped AS (
        DELETE FROM scheduler.run r USING old WHERE r.id = old.id RETURNING r.id
      )
      INSERT INTO scheduler.dropped_run (id) SELECT id FROM dropped
      """;

  private static final String DROP_EVENTS =
      """
      DELETE FROM scheduler.event WHERE ctid = ANY (ARRAY(
        SELECT e.ctid FROM scheduler.dropped_run d JOIN scheduler.event e ON e.run_id = d.id
         LIMIT $1))
      """;

  private static final String FORGET_DROPPED =
      """
      DELETE FROM scheduler.dropped_run d
       WHERE NOT EXISTS (SELECT FROM scheduler.event e WHERE e.run_id = d.id)
      """;

  private static final String FORGET_REQUESTS =
      """
      DELETE FROM scheduler.start_request
       WHERE reserved_at < clock_timestamp() - interval '1 day'
      """;

  private final Database database;

  RetentionTables(Database database) {
    this.database = database;
  }

  /** One part; whether there may be more. */
  boolean drop(Duration kept) {
    int runs = database.ask(DROP_RUNS, Tuple.of(kept.toSeconds(), RUNS)).rowCount();
    int events = database.ask(DROP_EVENTS, Tuple.of(EVENTS)).rowCount();
    database.ask(FORGET_DROPPED, Tuple.tuple());
    database.ask(FORGET_REQUESTS, Tuple.tuple());
    return runs == RUNS || events == EVENTS;
  }
}
