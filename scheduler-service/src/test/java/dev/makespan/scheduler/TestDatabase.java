package dev.makespan.scheduler;

import dev.makespan.postgres.DatabaseUrl;
import dev.makespan.postgres.testing.TestServer;
import dev.makespan.scheduler.store.PgJournal;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;

/** An empty database of its own, without Quarkus around it. */
final class TestDatabase implements AutoCloseable {

  static final Duration EXPIRY = Duration.ofMillis(600);

  private final DatabaseUrl url;
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool;

  TestDatabase() throws SQLException {
    this(TestServer.freshDatabase());
  }

  /** A database that is there already. */
  TestDatabase(DatabaseUrl url) {
    this.url = url;
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(url.host())
            .setPort(url.port())
            .setDatabase(url.name())
            .setUser(url.user())
            .setPassword(url.password())
            .setCachePreparedStatements(true);
    pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(8))
            .connectingTo(options)
            .using(vertx)
            .build();
  }

  Journal journal() {
    return journal(1);
  }

  Journal journal(int shards) {
    return journal(shards, EXPIRY);
  }

  Journal journal(int shards, Duration expiry) {
    return new PgJournal(pool, flyway(), expiry, shards);
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(url.jdbc(), url.user(), url.password())
        .schemas("scheduler")
        .defaultSchema("scheduler")
        .locations("db/scheduler")
        .load();
  }

  DatabaseUrl url() {
    return url;
  }

  /** One number out of the database. */
  long number(String sql) {
    return pool.query(sql)
        .execute()
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .iterator()
        .next()
        .getLong(0);
  }

  void execute(String sql) {
    pool.query(sql).execute().toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void close() {
    pool.close().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
