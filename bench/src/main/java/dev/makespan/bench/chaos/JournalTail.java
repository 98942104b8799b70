package dev.makespan.bench.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.makespan.postgres.DatabaseUrl;
import dev.makespan.proto.run.v1.RunEvent;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads what is durable, on a session of its own that comes back by itself. Of one thread. */
final class JournalTail implements AutoCloseable {

  /** By which the nemesis spares these sessions. */
  static final String SESSION = "makespan-chaos";

  private static final int VALID_SECONDS = 5;

  private static final String RUNS = "SELECT id, plan_name FROM scheduler.run ORDER BY id";

  private static final String EVENTS =
      """
      SELECT e.run_id, e.payload
        FROM unnest(?::bigint[], ?::bigint[]) AS seen(run_id, position)
        JOIN scheduler.event e ON e.run_id = seen.run_id AND e.position > seen.position
       ORDER BY e.run_id, e.position
      """;

  private final DatabaseUrl url;
  private @Nullable Connection connection;

  JournalTail(DatabaseUrl url) {
    this.url = url;
  }

  /** Gives {@code to} every event that it has not seen. */
  void read(JournalCheck to) throws SQLException {
    Map<Long, String> plans = new HashMap<>();
    try (PreparedStatement runs = session().prepareStatement(RUNS);
        ResultSet row = runs.executeQuery()) {
      while (row.next()) {
        if (!to.isFinished(row.getLong(1))) {
          plans.put(row.getLong(1), row.getString(2));
        }
      }
    }
    List<Long> ids = List.copyOf(plans.keySet());
    try (PreparedStatement events = session().prepareStatement(EVENTS)) {
      events.setArray(1, session().createArrayOf("bigint", ids.toArray()));
      events.setArray(
          2, session().createArrayOf("bigint", ids.stream().map(to::position).toArray()));
      try (ResultSet row = events.executeQuery()) {
        while (row.next()) {
          long run = row.getLong(1);
          to.see(run, plans.getOrDefault(run, ""), event(row.getBytes(2)));
        }
      }
    }
  }

  private static RunEvent event(byte[] payload) {
    try {
      return RunEvent.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the journal holds bytes that are no event", e);
    }
  }

  /** The first column of every row. */
  List<String> ask(String query) throws SQLException {
    List<String> answers = new ArrayList<>();
    try (PreparedStatement statement = session().prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        answers.add(String.valueOf(row.getString(1)));
      }
    }
    return answers;
  }

  /** Shard and generation of what the process at {@code port} owns. */
  Map<Integer, Long> owned(int port) throws SQLException {
    Map<Integer, Long> owned = new HashMap<>();
    for (String line :
        ask(
            "SELECT id || ' ' || generation FROM scheduler.shard WHERE address LIKE '%:"
                + port
                + "' AND heartbeat_at > clock_timestamp() - interval '1 s'")) {
      String[] parts = line.split(" ", 2);
      owned.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1]));
    }
    return owned;
  }

  private Connection session() throws SQLException {
    Connection open = connection;
    if (open == null || !open.isValid(VALID_SECONDS)) {
      Properties login = new Properties();
      login.setProperty("user", url.user());
      login.setProperty("password", url.password());
      login.setProperty("connectTimeout", "2");
      login.setProperty("socketTimeout", "10");
      login.setProperty("ApplicationName", SESSION);
      open = DriverManager.getConnection(url.jdbc(), login);
      connection = open;
    }
    return open;
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // It ends with the server.
    }
  }
}
