package dev.makespan.scheduler.store;

import dev.makespan.scheduler.JournalRefused;
import dev.makespan.scheduler.JournalUnavailable;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

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

  /** One statement of several. */
  interface Statements {
    RowSet<Row> ask(String sql, Tuple parameters);
  }

  RowSet<Row> ask(String sql, Tuple parameters) {
    return answer(pool.preparedQuery(sql).execute(parameters));
  }

  /** All statements of {@code work} in one transaction, or none. */
  <T> T askTogether(Function<Statements, T> work) {
    SqlConnection connection = answer(pool.getConnection());
    boolean done = false;
    try {
      Transaction transaction = answer(connection.begin());
      T result = work.apply((sql, p) -> answer(connection.preparedQuery(sql).execute(p)));
      answer(transaction.commit());
      done = true;
      return result;
    } finally {
      end(connection, done);
    }
  }

  /** One in the middle of a transaction is given back only when nothing of that is left. */
  private static void end(SqlConnection connection, boolean done) {
    if (done || connection.transaction() == null) {
      connection.close();
    } else {
      connection.transaction().rollback().onComplete(_ -> connection.close());
    }
  }

  private <T> T answer(Future<T> asked) {
    try {
      return asked
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
