package dev.makespan.scheduler.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.formats.run.RunEventProto;
import dev.makespan.scheduler.Journal.Requested;
import dev.makespan.scheduler.Journal.StoredRun;
import dev.makespan.scheduler.RunSummary;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads runs and their events. */
final class RunTable {

  private static final Logger LOG = Logger.getLogger(RunTable.class);

  private static final String SPEC =
      "r.id, r.plan, r.plan_version, r.parameters::text AS parameters, r.simulated, r.speed,"
          + " r.created_at, r.state";

  private static final String LIVE =
      "SELECT "
          + SPEC
          + " FROM scheduler.live_run l JOIN scheduler.run r ON r.id = l.run_id"
          + " WHERE l.shard = $1 AND l.run_id > $2 ORDER BY l.run_id LIMIT $3";

  private static final String ONE = "SELECT " + SPEC + " FROM scheduler.run r WHERE r.id = $1";

  private static final String EVENTS =
      """
      SELECT payload FROM scheduler.event
       WHERE run_id = $1 AND position > $2 ORDER BY position LIMIT $3
      """;

  private static final String EVENTS_OF_RUNS =
      """
      SELECT run_id, payload FROM scheduler.event
       WHERE run_id = ANY ($1::bigint[]) AND (run_id, position) > ($2, $3)
       ORDER BY run_id, position LIMIT $4
      """;

  private static final String SHARD = "SELECT shard FROM scheduler.run WHERE id = $1";

  /**
   * A reservation need not be durable when it is answered: the run that rests on it is committed
   * later, and with it the reservation.
   */
  private static final String REQUESTED =
      """
      WITH quick AS MATERIALIZED (
        SELECT set_config('synchronous_commit', 'off', true)
      ), started AS MATERIALIZED (
        SELECT id, shard, request_hash FROM scheduler.run WHERE request_id = $1
      ), reserved AS (
        INSERT INTO scheduler.start_request
            (request_id, request_hash, run_id, shard, reserved_at)
        SELECT $1, $2, nextval('scheduler.run_id'), $3, clock_timestamp()
          FROM quick WHERE NOT EXISTS (SELECT FROM started)
        ON CONFLICT (request_id) DO UPDATE SET reserved_at = excluded.reserved_at
        RETURNING run_id, shard, request_hash
      )
      SELECT id, shard, request_hash, true AS started FROM started
      UNION ALL SELECT run_id, shard, request_hash, false FROM reserved
      """;

  private static final String PAGE =
      """
      SELECT id, plan_name, coalesce(amended_version, plan_version) AS plan_version,
             parameters::text AS parameters, simulated, speed, created_at, state, reason, started_at, finished_at
        FROM scheduler.run WHERE id < $1 ORDER BY id DESC LIMIT $2
      """;

  private static final String PAGE_OF_PLAN =
      PAGE.replace("WHERE id < $1", "WHERE id < $1 AND plan_name = $3");

  private final Database database;

  RunTable(Database database) {
    this.database = database;
  }

  List<RunSpec> live(int shard, long afterRun, int limit) {
    List<RunSpec> specs = new ArrayList<>();
    for (Row row : database.ask(LIVE, Tuple.of(shard, afterRun, limit))) {
      try {
        specs.add(spec(row));
      } catch (IllegalArgumentException | IllegalStateException e) {
        LOG.errorf(e, "run %d can't be read and is left out", row.getLong("id"));
      }
    }
    return specs;
  }

  @Nullable StoredRun find(RunId run) {
    RowSet<Row> rows = database.ask(ONE, Tuple.of(run.value()));
    if (rows.size() == 0) {
      return null;
    }
    Row row = rows.iterator().next();
    return new StoredRun(spec(row), RunState.valueOf(row.getString("state")));
  }

  List<RunEvent> events(RunId run, long after, int limit) {
    List<RunEvent> events = new ArrayList<>();
    for (Row row : database.ask(EVENTS, Tuple.of(run.value(), after, limit))) {
      events.add(event(run, row.getBuffer(0).getBytes()));
    }
    return events;
  }

  List<RunEvent> events(List<RunId> runs, @Nullable RunEvent after, int limit) {
    long run = after == null ? 0 : after.run().value();
    long position = after == null ? 0 : after.position();
    Long[] wanted = runs.stream().map(RunId::value).filter(id -> id >= run).toArray(Long[]::new);
    List<RunEvent> events = new ArrayList<>();
    for (Row row : database.ask(EVENTS_OF_RUNS, Tuple.of(wanted, run, position, limit))) {
      events.add(event(new RunId(row.getLong(0)), row.getBuffer(1).getBytes()));
    }
    return events;
  }

  @Nullable Integer findShard(RunId run) {
    RowSet<Row> rows = database.ask(SHARD, Tuple.of(run.value()));
    return rows.size() == 0 ? null : rows.iterator().next().getInteger(0);
  }

  Requested requested(String requestId, String bodyHash, int shard) {
    Buffer hash = Buffer.buffer(HexFormat.of().parseHex(bodyHash));
    Row row = database.ask(REQUESTED, Tuple.of(requestId, hash, shard)).iterator().next();
    RunId run = new RunId(row.getLong("id"));
    String known = HexFormat.of().formatHex(row.getBuffer("request_hash").getBytes());
    return row.getBoolean("started") || !known.equals(bodyHash)
        ? new Requested.Seen(run, known)
        : new Requested.Reserved(run, row.getInteger("shard"));
  }

  List<RunSummary> page(long before, String planName, int limit) {
    RowSet<Row> rows =
        planName.isEmpty()
            ? database.ask(PAGE, Tuple.of(before, limit))
            : database.ask(PAGE_OF_PLAN, Tuple.of(before, limit, planName));
    List<RunSummary> page = new ArrayList<>();
    for (Row row : rows) {
      page.add(summary(row));
    }
    return page;
  }

  private static RunSpec spec(Row row) {
    return new RunSpec(
        new RunId(row.getLong("id")),
        plan(row.getBuffer("plan").getBytes()),
        row.getInteger("plan_version"),
        parameters(row),
        row.getBoolean("simulated"),
        row.getDouble("speed"),
        row.getOffsetDateTime("created_at").toInstant());
  }

  private static RunSummary summary(Row row) {
    return new RunSummary(
        new RunId(row.getLong("id")),
        row.getString("plan_name"),
        row.getInteger("plan_version"),
        parameters(row),
        row.getBoolean("simulated"),
        row.getDouble("speed"),
        row.getOffsetDateTime("created_at").toInstant(),
        RunState.valueOf(row.getString("state")),
        row.getString("reason"),
        instant(row.getOffsetDateTime("started_at")),
        instant(row.getOffsetDateTime("finished_at")));
  }

  private static Plan plan(byte[] bytes) {
    try {
      return PlanProto.fromProto(dev.makespan.proto.plan.v1.Plan.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the journal holds bytes that are no plan", e);
    }
  }

  private static RunEvent event(RunId run, byte[] bytes) {
    try {
      return RunEventProto.fromProto(run, dev.makespan.proto.run.v1.RunEvent.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the journal holds bytes that are no event", e);
    }
  }

  private static Map<String, String> parameters(Row row) {
    Map<String, String> parameters = new LinkedHashMap<>();
    new JsonObject(row.getString("parameters"))
        .forEach(entry -> parameters.put(entry.getKey(), String.valueOf(entry.getValue())));
    return parameters;
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
