package dev.makespan.planner.store;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;

/** Single statements on the reactive client, awaited; each is a transaction of its own. */
@Singleton
class Statements {

  private final Pool pool;

  Statements(Pool pool) {
    this.pool = pool;
  }

  RowSet<Row> run(String sql, Object... values) {
    try {
      return pool.preparedQuery(sql).execute(Tuple.from(List.of(values))).await().indefinitely();
    } catch (RuntimeException failure) {
      throw Transactions.translated(failure);
    }
  }
}
