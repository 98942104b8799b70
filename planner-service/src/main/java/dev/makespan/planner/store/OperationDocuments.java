package dev.makespan.planner.store;

import dev.makespan.planner.Answer;
import dev.makespan.planner.Operation;
import dev.makespan.planner.OperationStore;
import dev.makespan.planner.Progress;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.wire.OperationProto;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Operations in PostgreSQL. Leases are by its clock. */
@Singleton
class OperationDocuments implements OperationStore {

  /** Operations that run or wait, of all replicas together. */
  static final int MAX_RUNNING = 200;

  static final int KEPT_DAYS = 7;

  /** Taken over in one go; the rest is for others, or the next time. */
  private static final int MAX_ADOPTED = 8;

  private final Statements statements;

  OperationDocuments(Statements statements) {
    this.statements = statements;
  }

  @Override
  public Answer<Created> create(Creation creation, String owner, Duration lease) {
    forgetOld();
    Operation.StoredName plan = creation.plan();
    byte[] question = OperationProto.toProto(creation.question()).toByteArray();
    String request = creation.requestId() == null ? "" : creation.requestId();
    RowSet<Row> created =
        statements.run(
            OperationSql.CREATE,
            request,
            plan.name(),
            plan.version(),
            plan.contentHash(),
            Buffer.buffer(question),
            owner,
            lease.toMillis(),
            (long) MAX_RUNNING);
    if (created.size() > 0) {
      return Answer.of(new Created(created.iterator().next().getLong(0), true));
    }
    Optional<Operation> faster = request.isEmpty() ? Optional.empty() : findByRequest(request);
    return faster
        .map(operation -> Answer.of(new Created(operation.id(), false)))
        .orElseGet(() -> Answer.refused(tooMany()));
  }

  @Override
  public Optional<Operation> findOperation(long id) {
    return first(statements.run(OperationSql.FIND, id));
  }

  @Override
  public Optional<Operation> findByRequest(String requestId) {
    return first(statements.run(OperationSql.FIND_BY_REQUEST, requestId));
  }

  @Override
  public List<Operation> operations(String planName, long belowId, int limit) {
    List<Operation> found = new ArrayList<>();
    statements
        .run(OperationSql.LIST, planName, belowId, (long) limit)
        .forEach(row -> found.add(operation(row)));
    return found;
  }

  @Override
  public void requestCancel(long id) {
    statements.run(OperationSql.REQUEST_CANCEL, id);
  }

  @Override
  public void finish(
      long id, String owner, Operation.State state, Operation.@Nullable Failure failure) {
    statements.run(
        OperationSql.FINISH,
        id,
        owner,
        state.name(),
        failure == null ? "" : failure.reason(),
        failure == null ? "" : failure.message());
  }

  @Override
  public List<Owned> renew(String owner, Duration lease, Map<Long, Progress> progress) {
    List<Owned> owned = new ArrayList<>();
    progress.forEach((id, news) ->
        statements
            .run(
                OperationSql.RENEW,
                id,
                owner,
                lease.toMillis(),
                Buffer.buffer(OperationProto.toProto(news).toByteArray()))
            .forEach(row -> owned.add(new Owned(id, row.getBoolean(0)))));
    return owned;
  }

  @Override
  public List<Adopted> adopt(String owner, Duration lease) {
    List<Adopted> adopted = new ArrayList<>();
    statements
        .run(OperationSql.ADOPT, owner, lease.toMillis(), (long) MAX_ADOPTED)
        .forEach(row ->
            adopted.add(
                new Adopted(
                    operation(row), row.getBoolean("cancel_requested"), row.getInteger("owners"))));
    return adopted;
  }

  @Override
  public void release(List<Long> ids, String owner, Duration pause) {
    ids.forEach(id -> statements.run(OperationSql.RELEASE, id, owner, pause.toMillis()));
  }

  private void forgetOld() {
    statements.run(OperationSql.FORGET, KEPT_DAYS);
  }

  private static Optional<Operation> first(RowSet<Row> rows) {
    RowIterator<Row> each = rows.iterator();
    return each.hasNext() ? Optional.of(operation(each.next())) : Optional.empty();
  }

  private static Operation operation(Row row) {
    String reason = row.getString("failure_reason");
    return new Operation(
        row.getLong("id"),
        new Operation.StoredName(
            row.getString("plan_name"),
            row.getInteger("plan_version"),
            row.getString("content_hash")),
        OperationProto.question(row.getBuffer("question").getBytes()),
        Operation.State.valueOf(row.getString("state")),
        OperationProto.progress(row.getBuffer("progress").getBytes()),
        row.getOffsetDateTime("create_time").toInstant(),
        row.getOffsetDateTime("finish_time") == null
            ? null
            : row.getOffsetDateTime("finish_time").toInstant(),
        reason.isEmpty() ? null : new Operation.Failure(reason, row.getString("failure")));
  }

  private static Refusal tooMany() {
    return Refusal.of(
        Refusal.Kind.EXHAUSTED,
        "TOO_MANY_OPERATIONS",
        "expected at most " + MAX_RUNNING + " operations under way; try again later");
  }
}
