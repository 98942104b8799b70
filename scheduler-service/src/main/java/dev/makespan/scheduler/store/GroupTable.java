package dev.makespan.scheduler.store;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import dev.makespan.formats.run.RunEventProto;
import dev.makespan.scheduler.Group;
import dev.makespan.scheduler.Journal.Kept;
import dev.makespan.scheduler.JournalRefused;
import dev.makespan.scheduler.NewRun;
import dev.makespan.scheduler.Ownership;
import dev.makespan.scheduler.RunProgress;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes a group: one statement, and so one transaction and one round trip. Everything in it joins
 * the row that says who owns the shard; the row's lock keeps a claim out until the commit. Written
 * again after an unknown outcome, the group meets itself: an owner alone gives out positions, so
 * what stands there under its own generation is what it wrote.
 */
final class GroupTable {

  private static final String WRITE =
      """
      WITH owned AS MATERIALIZED (
        SELECT id FROM scheduler.shard WHERE id = $1 AND generation = $2 FOR KEY SHARE
      ), inserted_run AS (
        INSERT INTO scheduler.run (shard, id, request_id, request_hash, plan_name, plan_version,
            plan, parameters, simulated, speed, created_at, state, reason, started_at, finished_at)
        SELECT owned.id, n.id, n.request_id, n.request_hash, n.plan_name, n.plan_version,
            n.plan, n.parameters::json, n.simulated, n.speed, n.created_at, n.state, n.reason,
            n.started_at, n.finished_at
          FROM owned CROSS JOIN unnest($3::bigint[], $4::text[], $5::bytea[], $6::text[],
            $7::integer[], $8::bytea[], $9::text[], $10::boolean[], $11::float8[],
            $12::timestamptz[], $13::text[], $14::text[], $15::timestamptz[], $16::timestamptz[])
            AS n(id, request_id, request_hash, plan_name, plan_version, plan, parameters, simulated,
              speed, created_at, state, reason, started_at, finished_at)
        ON CONFLICT (id) DO NOTHING
        RETURNING shard, id, finished_at
      ), inserted_live AS (
        INSERT INTO scheduler.live_run (shard, run_id)
        SELECT shard, id FROM inserted_run WHERE finished_at IS NULL
      ), updated_run AS (
        UPDATE scheduler.run r
           SET state = p.state, reason = p.reason, finished_at = p.finished_at,
               started_at = coalesce(r.started_at, p.started_at),
               amended_version = coalesce(p.amended_version, r.amended_version)
          FROM owned CROSS JOIN unnest($17::bigint[], $18::text[], $19::text[],
            $20::timestamptz[], $21::timestamptz[], $28::integer[])
            AS p(id, state, reason, started_at, finished_at, amended_version)
         WHERE r.id = p.id
      ), deleted_live AS (
        DELETE FROM scheduler.live_run l
         USING owned CROSS JOIN unnest($17::bigint[], $21::timestamptz[]) AS p(id, finished_at)
         WHERE l.shard = owned.id AND l.run_id = p.id AND p.finished_at IS NOT NULL
      ), reopened_live AS (
        INSERT INTO scheduler.live_run (shard, run_id)
        SELECT owned.id, p.id
          FROM owned CROSS JOIN unnest($17::bigint[], $21::timestamptz[]) AS p(id, finished_at)
         WHERE p.finished_at IS NULL
        ON CONFLICT (shard, run_id) DO NOTHING
      ), inserted_event AS (
        INSERT INTO scheduler.event (run_id, position, at, kind, task, payload)
        SELECT e.run_id, e.position, e.at, e.kind, e.task, e.payload
          FROM owned CROSS JOIN unnest($22::bigint[], $23::bigint[], $24::timestamptz[],
            $25::smallint[], $26::text[], $27::bytea[])
            AS e(run_id, position, at, kind, task, payload)
        ON CONFLICT (run_id, position) DO NOTHING
        RETURNING 1
      )
      SELECT (SELECT count(*) FROM owned), (SELECT count(*) FROM inserted_event), clock_timestamp()
      """;

  private static final String MORE_EVENTS =
      """
      INSERT INTO scheduler.event (run_id, position, at, kind, task, payload)
      SELECT run_id, position, at, kind, task, payload
        FROM unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::smallint[], $5::text[],
          $6::bytea[]) AS e(run_id, position, at, kind, task, payload)
      ON CONFLICT (run_id, position) DO NOTHING
      """;

  /**
   * A transaction of several statements pauses between them, if the collector does for longer than
   * others may.
   */
  private static final String PATIENTLY =
      "SELECT set_config('idle_in_transaction_session_timeout', '5000', true)";

  /** With one statement; the start of a large run has more, each of which has its memory alone. */
  static final int MAX_EVENTS = 10_000;

  private final Database database;

  GroupTable(Database database) {
    this.database = database;
  }

  Kept write(Ownership ownership, Group group) {
    return group.events().size() <= MAX_EVENTS
        ? write(ownership, group, database::ask)
        : database.askTogether(statements -> {
          statements.ask(PATIENTLY, Tuple.tuple());
          return write(ownership, group, statements);
        });
  }

  /** The first statement holds the shard's row for all of them. */
  private static Kept write(Ownership ownership, Group group, Database.Statements statements) {
    int size = group.events().size();
    List<RunEvent> first = group.events().subList(0, Math.min(size, MAX_EVENTS));
    Row row = statements.ask(WRITE, parameters(ownership, group, first)).iterator().next();
    if (row.getLong(0) == 0) {
      return new Kept.Lost();
    }
    long inserted = row.getLong(1);
    for (int from = MAX_EVENTS; from < size; from += MAX_EVENTS) {
      Tuple next = Tuple.tuple();
      addEvents(next, group.events().subList(from, Math.min(size, from + MAX_EVENTS)));
      inserted += statements.ask(MORE_EVENTS, next).rowCount();
    }
    requireAllOrNothing(group, inserted);
    return new Kept.Still(row.getOffsetDateTime(2).toInstant());
  }

  /** All the first time, nothing when an earlier try had come through. */
  private static void requireAllOrNothing(Group group, long inserted) {
    if (inserted != 0 && inserted != group.events().size()) {
      String message =
          "group %d: expected %d or 0 new events, were %d"
              .formatted(group.number(), group.events().size(), inserted);
      throw new JournalRefused(message, new IllegalStateException(message));
    }
  }

  private static Tuple parameters(Ownership ownership, Group group, List<RunEvent> events) {
    Tuple parameters = Tuple.tuple();
    parameters.addInteger(ownership.shard()).addLong(ownership.generation());
    Map<RunId, RunProgress> progress = new HashMap<>();
    group.progress().forEach(p -> progress.put(p.run(), p));
    addRuns(parameters, group.started(), progress);
    List<NewRun> started = group.started();
    List<RunProgress> changed =
        group.progress().stream()
            .filter(p -> started.stream().noneMatch(run -> run.spec().id().equals(p.run())))
            .toList();
    addProgress(parameters, changed);
    addEvents(parameters, events);
    parameters.addValue(column(changed, Integer[]::new, RunProgress::amendedTo));
    return parameters;
  }

  private static void addRuns(Tuple to, List<NewRun> runs, Map<RunId, RunProgress> progress) {
    Function<NewRun, RunProgress> now =
        run -> {
          RunId id = run.spec().id();
          return progress.getOrDefault(id, new RunProgress(id, RunState.RUNNING, "", null, null));
        };
    to.addValue(column(runs, Long[]::new, r -> r.spec().id().value()));
    to.addValue(column(runs, String[]::new, NewRun::requestId));
    to.addValue(
        column(runs, Buffer[]::new, r -> Buffer.buffer(HexFormat.of().parseHex(r.bodyHash()))));
    to.addValue(column(runs, String[]::new, r -> r.spec().plan().name()));
    to.addValue(column(runs, Integer[]::new, r -> r.spec().planVersion()));
    to.addValue(column(runs, Buffer[]::new, GroupTable::planOf));
    to.addValue(column(runs, String[]::new, GroupTable::parametersOf));
    to.addValue(column(runs, Boolean[]::new, r -> r.spec().simulated()));
    to.addValue(column(runs, Double[]::new, r -> r.spec().speed()));
    to.addValue(column(runs, OffsetDateTime[]::new, r -> at(r.spec().createdAt())));
    to.addValue(column(runs, String[]::new, r -> now.apply(r).state().name()));
    to.addValue(column(runs, String[]::new, r -> now.apply(r).reason()));
    to.addValue(column(runs, OffsetDateTime[]::new, r -> at(now.apply(r).startedAt())));
    to.addValue(column(runs, OffsetDateTime[]::new, r -> at(now.apply(r).finishedAt())));
  }

  private static void addProgress(Tuple to, List<RunProgress> progress) {
    to.addValue(column(progress, Long[]::new, p -> p.run().value()));
    to.addValue(column(progress, String[]::new, p -> p.state().name()));
    to.addValue(column(progress, String[]::new, RunProgress::reason));
    to.addValue(column(progress, OffsetDateTime[]::new, p -> at(p.startedAt())));
    to.addValue(column(progress, OffsetDateTime[]::new, p -> at(p.finishedAt())));
  }

  private static void addEvents(Tuple to, List<RunEvent> events) {
    var messages = events.stream().map(RunEventProto::toProto).toList();
    to.addValue(column(events, Long[]::new, e -> e.run().value()));
    to.addValue(column(events, Long[]::new, RunEvent::position));
    to.addValue(column(events, OffsetDateTime[]::new, e -> at(e.at())));
    to.addValue(column(messages, Short[]::new, m -> (short) m.getEventCase().getNumber()));
    to.addValue(column(messages, String[]::new, m -> m.getTask()));
    to.addValue(column(messages, Buffer[]::new, m -> Buffer.buffer(m.toByteArray())));
  }

  private static <T, V> V[] column(
      List<T> rows, IntFunction<V[]> array, Function<T, ? extends @Nullable V> value) {
    V[] column = array.apply(rows.size());
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    return column;
  }

  private static Buffer planOf(NewRun run) {
    Buffer plan = Buffer.buffer(run.plan().size());
    run.plan().parts().forEach(plan::appendBytes);
    return plan;
  }

  private static String parametersOf(NewRun run) {
    JsonObject parameters = new JsonObject();
    run.spec().parameters().forEach(parameters::put);
    return parameters.encode();
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
