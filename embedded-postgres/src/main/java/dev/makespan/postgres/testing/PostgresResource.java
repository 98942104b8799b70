package dev.makespan.postgres.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * Gives each Quarkus start of a test an empty database, on one durable server per JVM: configured
 * as {@code DATABASE_HOST}, {@code _PORT}, {@code _NAME}, {@code _USER} and {@code _PASSWORD}.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    try {
      return TestServer.freshDatabase().environment();
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the test: " + e.getMessage(), e);
    }
  }

  @Override
  public void stop() {
    // The server and all its databases end with the JVM.
  }
}
