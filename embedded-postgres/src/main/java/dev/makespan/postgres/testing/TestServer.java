package dev.makespan.postgres.testing;

import dev.makespan.postgres.DatabaseUrl;
import dev.makespan.postgres.EmbeddedServer;
import dev.makespan.postgres.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The one server of a JVM's tests, started at first use, stopped and deleted with the JVM. */
public final class TestServer {

  /** Quarkus loads this class more than once per JVM; system properties are what they share. */
  private static final String PROPERTY = "makespan.test.database";

  /** Above what CI machines hand out to clients there is no port to lose: stay below 32768. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 12_000;
  private static final int TRIES = 20;

  private TestServer() {}

  /** A new, empty database. */
  public static DatabaseUrl freshDatabase() throws SQLException {
    DatabaseUrl server = server();
    String name = "test_" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
    try (Connection connection =
            DriverManager.getConnection(server.jdbc(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return server.withName(name);
  }

  /** {@code Runtime} is one object for all class loaders. */
  private static DatabaseUrl server() {
    synchronized (Runtime.getRuntime()) {
      @Nullable String known = System.getProperty(PROPERTY);
      if (known != null) {
        return DatabaseUrl.parse(known);
      }
      DatabaseUrl url = start();
      System.setProperty(
          PROPERTY,
          "postgresql://%s:%s@%s:%d/%s"
              .formatted(url.user(), url.password(), url.host(), url.port(), url.name()));
      return url;
    }
  }

  private static DatabaseUrl start() {
    try {
      Path directory = Files.createTempDirectory("makespan-test-postgres-");
      EmbeddedServer server = EmbeddedServer.start(directory, freePort());
      stopWithJvm(server.process(), directory);
      return server.url();
    } catch (StartFailure | IOException e) {
      throw new IllegalStateException("no PostgreSQL for the tests: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL was starting", e);
    }
  }

  /** Nothing but JDK classes in the hook: by then Quarkus has closed this class's loader. */
  private static void stopWithJvm(ProcessHandle server, Path directory) {
    List<String> stop =
        List.of(
            "sh",
            "-c",
            "kill -QUIT \"$1\"; while kill -0 \"$1\" 2>/dev/null; do sleep 0.05; done; rm -rf \"$2\"",
            "stop",
            Long.toString(server.pid()),
            directory.toString());
    ProcessBuilder builder =
        new ProcessBuilder(stop)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              try {
                builder.start();
              } catch (IOException e) {
                server.destroy();
              }
            }));
  }

  private static int freePort() throws IOException {
    int start = (int) (ProcessHandle.current().pid() * 31 % PORTS);
    for (int i = 0; i < TRIES; i++) {
      int port = FIRST_PORT + (start + i * 7) % PORTS;
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken; the next one.
      }
    }
    throw new IOException("no free port from " + FIRST_PORT + " on");
  }
}
