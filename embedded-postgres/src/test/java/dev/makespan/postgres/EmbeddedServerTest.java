package dev.makespan.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.postgres.testing.TestServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {

  @TempDir Path directory;

  @Test
  void dataIsKeptBetweenStartsAndAServerThatWasLeftBehindIsStopped() throws Exception {
    int port = freePort();
    EmbeddedServer first = EmbeddedServer.start(directory, port);
    execute(first.url(), "CREATE TABLE kept (n int)");
    execute(first.url(), "INSERT INTO kept VALUES (42)");
    long killed = first.process().pid();
    // Its launcher is gone: the process goes on, the lock is not held any more.
    first.abandon();

    ProcessHandle process;
    try (EmbeddedServer second = EmbeddedServer.start(directory, port)) {
      process = second.process();
      assertThat(query(second.url(), "SELECT n FROM kept")).isEqualTo("42");
      assertThat(query(second.url(), "SHOW fsync")).isEqualTo("on");
      assertThat(query(second.url(), "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(query(second.url(), "SHOW full_page_writes")).isEqualTo("on");
      assertThat(query(second.url(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ProcessHandle.of(killed).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("password"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> EmbeddedServer.start(directory, freePort()))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("another process already runs a database in");
    }
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> EmbeddedServer.start(directory, port))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("port " + port + " for the database can't be used");
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    DatabaseUrl url = TestServer.freshDatabase();

    assertThatThrownBy(() -> DriverManager.getConnection(url.jdbc(), url.user(), "guess"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
  }

  @Test
  void eachTestHasADatabaseOfItsOwnOnOneServer() throws Exception {
    DatabaseUrl one = TestServer.freshDatabase();
    DatabaseUrl other = TestServer.freshDatabase();

    assertThat(one.port()).isEqualTo(other.port());
    assertThat(one.name()).isNotEqualTo(other.name());
  }

  private static void execute(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(DatabaseUrl url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
