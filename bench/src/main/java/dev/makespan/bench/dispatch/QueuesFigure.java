package dev.makespan.bench.dispatch;

import dev.makespan.bench.dispatch.Reading.Goal;
import dev.makespan.postgres.DatabaseUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * Bare queues on the same PostgreSQL, each in a database of its own, working off jobs that do
 * nothing: a yardstick for what this machine lets anybody do.
 */
final class QueuesFigure {

  private final Rig rig;
  private final Path folder;

  QueuesFigure(Rig rig, Path folder) {
    this.rig = rig;
    this.folder = folder;
  }

  /**
   * Both queues.
   *
   * @param suitePerSecond independent tasks that the suite finished, measured before; NaN: it was
   *     not
   */
  Readings measure(int jobs, int repeat, double suitePerSecond) throws InterruptedException {
    Readings readings = new Readings("bare queues on the same PostgreSQL");
    readings.fact("jobs", String.format(Locale.ROOT, "%,d", jobs));
    double[] values = new double[repeat];
    for (int i = 0; i < repeat; i++) {
      values[i] = DbSchedulerQueue.perSecond(fresh("db_scheduler"), jobs);
    }
    add(readings, "db-scheduler", values, suitePerSecond);
    Optional<String> missing = GraphileQueue.prepare(folder);
    if (missing.isPresent()) {
      readings.fact("graphile-worker", "left out: " + missing.get());
      return readings;
    }
    for (int i = 0; i < repeat; i++) {
      values[i] = GraphileQueue.perSecond(folder, fresh("graphile_worker"), jobs);
    }
    add(readings, "graphile-worker", values, suitePerSecond);
    return readings;
  }

  private static void add(Readings readings, String queue, double[] values, double suite) {
    Reading jobs = Reading.of(queue, "jobs/s", values, Goal.NONE);
    readings.add(jobs);
    if (!Double.isNaN(suite)) {
      readings.add(
          Reading.of("the suite over " + queue, "times", suite / jobs.median(), Goal.NONE));
    }
  }

  /** An empty database of this name. */
  private DatabaseUrl fresh(String name) {
    DatabaseUrl url = rig.database();
    try (Connection connection =
            DriverManager.getConnection(url.jdbc(), url.user(), url.password());
        var statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      statement.execute("CREATE DATABASE " + name);
      return url.withName(name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database for " + name, e);
    }
  }
}
