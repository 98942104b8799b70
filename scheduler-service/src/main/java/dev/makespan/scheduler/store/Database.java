package dev.makespan.scheduler.store;

import dev.makespan.scheduler.JournalRefused;
import dev.makespan.scheduler.JournalUnavailable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the database and waits for its answer: for virtual threads. */
final class Database {

  /** Classes of SQLSTATE that say that the statement itself is wrong. */
  private static final List<String> OUR_FAULT = List.of("21", "22", "23", "42");

  private final Pool pool;
  private final Duration patience;

  /**
   * The database behind {@code pool}.
   *
   * @param patience with one statement, the wait for a connection included
   */
  Database(Pool pool, Duration patience) {
    this.pool = pool;
    this.patience = patience;
  }

  RowSet<Row> ask(String sql, Tuple parameters) {
    try {
      return pool.preparedQuery(sql)
          .execute(parameters)
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new JournalUnavailable("no answer within " + patience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailable("interrupted", e);
    }
  }

  private static RuntimeException failure(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof PgException e && isOurFault(e)) {
      return new JournalRefused(message, cause);
    }
    return new JournalUnavailable(message, cause);
  }

  private static boolean isOurFault(PgException e) {
    String state = e.getSqlState();
    return state != null && OUR_FAULT.stream().anyMatch(state::startsWith);
  }
}
