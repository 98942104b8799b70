package dev.makespan.planner.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.makespan.planner.Result;
import dev.makespan.planner.ResultStore;
import dev.makespan.planner.wire.ResultProto;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Results in PostgreSQL, each as its message. What is old or too much goes when others come. */
@Singleton
class ResultDocuments implements ResultStore {

  /** Larger results are computed anew each time; a review of 100,000 tasks is well below. */
  static final int MAX_BYTES = 64 * 1024 * 1024;

  /** Of all results together; the oldest go first. */
  static final long MAX_BYTES_TOGETHER = 1L << 30;

  static final int KEPT_DAYS = 30;

  /** Room is made at the first and then at each so manieth result. */
  private static final int SWEPT_EACH = 32;

  private static final String FIND = "select document from planner.plan_result where key = $1";

  private static final String KEEP =
      """
      insert into planner.plan_result (key, document, size) values ($1, $2, $3)
      on conflict (key) do nothing
      """;

  private static final String SWEEP =
      """
      delete from planner.plan_result
      where create_time < clock_timestamp() - make_interval(days => $1)
      or key in (
        select key from (
          select key, sum(size) over (order by create_time desc, key) as newer
          from planner.plan_result) sized
        where newer > $2)
      """;

  private final Statements statements;
  private final AtomicInteger keptSinceSwept = new AtomicInteger();

  ResultDocuments(Statements statements) {
    this.statements = statements;
  }

  @Override
  public Optional<Result> findResult(String key) {
    RowIterator<Row> rows = statements.run(FIND, key).iterator();
    return rows.hasNext() ? Optional.of(result(rows.next())) : Optional.empty();
  }

  @Override
  public void keep(String key, Result result) {
    byte[] document = ResultProto.toProto(result).toByteArray();
    if (document.length > MAX_BYTES) {
      return;
    }
    statements.run(KEEP, key, Buffer.buffer(document), (long) document.length);
    if (keptSinceSwept.getAndIncrement() % SWEPT_EACH == 0) {
      statements.run(SWEEP, KEPT_DAYS, MAX_BYTES_TOGETHER);
    }
  }

  private static Result result(Row row) {
    try {
      return ResultProto.fromProto(
          dev.makespan.proto.plan.v1.Result.parseFrom(row.getBuffer(0).getBytes()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored result is damaged", e);
    }
  }
}
