package dev.makespan.scheduler.store;

import dev.makespan.core.dispatch.AgentPause;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** What operators have paused. */
final class AgentPauseTable {

  private static final String ALL =
      "SELECT kind, name, reason, said_by, since FROM scheduler.agent_pause ORDER BY kind, name";

  private static final String PAUSE =
      """
      INSERT INTO scheduler.agent_pause (kind, name, reason, said_by, since)
      VALUES ($1, $2, $3, $4, clock_timestamp())
      ON CONFLICT (kind, name)
      DO UPDATE SET reason = excluded.reason, said_by = excluded.said_by
      """;

  private static final String RESUME =
      "DELETE FROM scheduler.agent_pause WHERE kind = $1 AND name = $2";

  private final Database database;

  AgentPauseTable(Database database) {
    this.database = database;
  }

  List<AgentPause> all() {
    List<AgentPause> pauses = new ArrayList<>();
    for (Row row : database.ask(ALL, Tuple.tuple())) {
      pauses.add(
          new AgentPause(
              AgentPause.Kind.valueOf(row.getString("kind")),
              row.getString("name"),
              row.getString("reason"),
              row.getString("said_by"),
              row.getOffsetDateTime("since").toInstant()));
    }
    return pauses;
  }

  void pause(AgentPause.Kind kind, String name, String reason, String by) {
    database.ask(PAUSE, Tuple.of(kind.name(), name, reason, by));
  }

  void resume(AgentPause.Kind kind, String name) {
    database.ask(RESUME, Tuple.of(kind.name(), name));
  }
}
