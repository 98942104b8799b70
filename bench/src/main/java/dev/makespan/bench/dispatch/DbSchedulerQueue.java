package dev.makespan.bench.dispatch;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.makespan.postgres.DatabaseUrl;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** db-scheduler, polling in the way that its authors recommend for throughput. */
final class DbSchedulerQueue {

  private static final int THREADS = 20;
  private static final int CONNECTIONS = THREADS + 5;

  /** When so much of the last batch is done the next is fetched, and how much, by threads. */
  private static final double FETCH_BELOW = 1.0;

  private static final double FETCH_UP_TO = 4.0;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** As its documentation gives it, without the columns of features that are off. */
  private static final String TABLE =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL,
        task_instance text NOT NULL,
        task_data bytea,
        execution_time timestamptz NOT NULL,
        picked boolean NOT NULL,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures int,
        last_heartbeat timestamptz,
        version bigint NOT NULL,
        priority smallint,
        PRIMARY KEY (task_name, task_instance)
      );
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      CREATE INDEX priority_execution_time_idx ON scheduled_tasks (priority DESC, execution_time ASC);
      """;

  private DbSchedulerQueue() {}

  static double perSecond(DatabaseUrl url, int jobs) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(jobs);
    OneTimeTask<Void> noop = Tasks.oneTime("noop").execute((instance, context) -> done.countDown());
    try (AgroalDataSource pool = pool(url);
        Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(TABLE);
      Scheduler scheduler =
          Scheduler.create(pool, noop)
              .threads(THREADS)
              .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
              .pollingInterval(Duration.ofMillis(100))
              .build();
      scheduler.scheduleBatch(
          IntStream.range(0, jobs)
              .<TaskInstance<?>>mapToObj(i -> noop.instance(Integer.toString(i))),
          Instant.now());
      statement.execute("ANALYZE scheduled_tasks");
      long began = System.nanoTime();
      scheduler.start();
      boolean all = done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      double seconds = (System.nanoTime() - began) / 1e9;
      scheduler.stop();
      if (!all) {
        throw new IllegalStateException("db-scheduler left %d jobs".formatted(done.getCount()));
      }
      return jobs / seconds;
    } catch (SQLException e) {
      throw new IllegalStateException("db-scheduler can't be run", e);
    }
  }

  private static AgroalDataSource pool(DatabaseUrl url) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(pool ->
                pool.maxSize(CONNECTIONS)
                    .connectionFactoryConfiguration(factory ->
                        factory
                            .jdbcUrl(url.jdbc())
                            .principal(new NamePrincipal(url.user()))
                            .credential(new SimplePassword(url.password())))));
  }
}
