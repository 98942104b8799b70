package dev.makespan.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL as a child process, on the loopback address alone. Durable: it goes on only after a
 * query has shown that {@link #DURABLE} holds. One server per directory; a second start is refused,
 * and one left behind by a killed launcher is stopped first.
 */
public final class EmbeddedServer implements AutoCloseable {

  public static final int DEFAULT_PORT = 7432;

  /** The database that every start finds. */
  public static final String DATABASE = "makespan";

  /** What an acknowledged commit rests on. */
  static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private static final String HOST = "127.0.0.1";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Process process;
  private final DatabaseUrl url;
  private final FileChannel lock;

  private EmbeddedServer(Process process, DatabaseUrl url, FileChannel lock) {
    this.process = process;
    this.url = url;
    this.lock = lock;
  }

  /** Starts the server whose data {@code directory} keeps, and makes its database at first. */
  public static EmbeddedServer start(Path directory, int port)
      throws StartFailure, InterruptedException {
    Cluster cluster = new Cluster(directory.toAbsolutePath().normalize());
    FileChannel lock = lock(cluster.directory());
    @Nullable EmbeddedServer server = null;
    try {
      server = startLocked(cluster, port, lock);
      return server;
    } finally {
      if (server == null) {
        closeQuietly(lock);
      }
    }
  }

  private static EmbeddedServer startLocked(Cluster cluster, int port, FileChannel lock)
      throws StartFailure, InterruptedException {
    ServerBinaries binaries = ServerBinaries.unpackedIn(cache());
    ServerUser user = ServerUser.choose();
    Leftover.stop(cluster.data());
    requireFree(port);
    cluster.initialize(binaries, user);
    Process process = launch(cluster, binaries, user, port);
    DatabaseUrl url = new DatabaseUrl(HOST, port, DATABASE, Cluster.USER, cluster.password());
    EmbeddedServer server = new EmbeddedServer(process, url, lock);
    boolean good = false;
    try {
      server.awaitAnswer(cluster);
      server.requireDurable();
      server.createDatabase(DATABASE);
      good = true;
      return server;
    } catch (SQLException e) {
      throw new StartFailure("the embedded PostgreSQL does not work: " + e.getMessage(), e);
    } finally {
      if (!good) {
        server.close();
      }
    }
  }

  /** Stops a server that a killed launcher left in {@code directory}; false: there was none. */
  public static boolean stopLeftover(Path directory) throws StartFailure, InterruptedException {
    return Leftover.stop(new Cluster(directory.toAbsolutePath().normalize()).data());
  }

  /** Where {@link #DATABASE} is. */
  public DatabaseUrl url() {
    return url;
  }

  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Makes a database of this name, unless there is one. */
  public void createDatabase(String name) throws SQLException {
    try (Connection connection = connect("postgres");
        PreparedStatement find =
            connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      find.setString(1, name);
      try (ResultSet found = find.executeQuery()) {
        if (found.next()) {
          return;
        }
      }
      try (var create = connection.createStatement()) {
        create.execute("CREATE DATABASE " + create.enquoteIdentifier(name, true));
      }
    }
  }

  /** Ends sessions and stops with a checkpoint; kills the server if that takes too long. */
  @Override
  public void close() {
    try {
      Leftover.interrupt(process.pid());
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(lock);
    }
  }

  /** For tests: as if this process had been killed, with the server going on. */
  void abandon() {
    closeQuietly(lock);
  }

  private static Process launch(Cluster cluster, ServerBinaries binaries, ServerUser user, int port)
      throws StartFailure {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binaries.program("postgres").toString(), "-D"));
    command.add(cluster.data().toString());
    DURABLE.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    command.addAll(List.of("-c", "listen_addresses=" + HOST, "-c", "port=" + port));
    command.addAll(List.of("-c", "unix_socket_directories=", "-c", "max_wal_size=128MB"));
    command.addAll(List.of("-c", "max_connections=200", "-c", "timezone=UTC"));
    try {
      return new ProcessBuilder(OwnSession.command(user.command(command)))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(cluster.log().toFile()))
          .start();
    } catch (IOException e) {
      throw new StartFailure("can't start PostgreSQL: " + e.getMessage(), e);
    }
  }

  private void awaitAnswer(Cluster cluster) throws StartFailure, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try (Connection connection = connect("postgres")) {
        if (connection.isValid((int) START_LIMIT.toSeconds())) {
          return;
        }
      } catch (SQLException e) {
        process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    throw new StartFailure(
        "the embedded PostgreSQL did not start: "
            + cluster.lastLine()
            + " (see "
            + cluster.log()
            + ")");
  }

  private void requireDurable() throws SQLException, StartFailure {
    try (Connection connection = connect("postgres");
        PreparedStatement show = connection.prepareStatement("SELECT current_setting(?)")) {
      for (Map.Entry<String, String> setting : DURABLE.entrySet()) {
        show.setString(1, setting.getKey());
        try (ResultSet shown = show.executeQuery()) {
          String value = shown.next() ? shown.getString(1) : "unknown";
          if (!value.equals(setting.getValue())) {
            throw new StartFailure(
                "the embedded PostgreSQL is not durable: expected "
                    + setting.getKey()
                    + "="
                    + setting.getValue()
                    + ", was "
                    + value);
          }
        }
      }
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        url.withName(database).jdbc() + "?connectTimeout=5", url.user(), url.password());
  }

  private static FileChannel lock(Path directory) throws StartFailure {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      // Held by this very JVM; said below.
    } catch (IOException e) {
      throw new StartFailure("can't use " + directory + ": " + e.getMessage(), e);
    }
    throw new StartFailure("another process already runs a database in " + directory);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock ends with this process at the latest.
    }
  }

  private static void requireFree(int port) throws StartFailure {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), port));
    } catch (IOException | IllegalArgumentException e) {
      throw new StartFailure(
          "port " + port + " for the database can't be used: " + e.getMessage(), e);
    }
  }

  /** Unpacked programs are the same for every suite of this user. */
  private static Path cache() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("makespan");
  }
}
