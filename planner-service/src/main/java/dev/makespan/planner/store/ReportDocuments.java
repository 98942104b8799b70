package dev.makespan.planner.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.makespan.planner.ReportStore;
import dev.makespan.planner.RunAccount;
import dev.makespan.planner.wire.ReportProto;
import dev.makespan.proto.run.v1.RunReport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reports of finished runs in PostgreSQL, each as its message, which only ever gains fields. */
@ApplicationScoped
class ReportDocuments implements ReportStore {

  private final RunReportRows rows;
  private final InstantSource clock;

  ReportDocuments(RunReportRows rows, InstantSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  @Override
  public Optional<RunAccount> findReport(long runId) {
    return Transactions.read(
            () -> rows.findById(runId).map(row -> Optional.ofNullable(row).map(r -> r.document)))
        .map(ReportDocuments::account);
  }

  @Override
  public void keep(RunAccount account) {
    byte[] document = ReportProto.toProto(account).toByteArray();
    long runId = account.run().id();
    Transactions.commit(() ->
        Transactions.lock(REPORT_LOCK, Long.toString(runId))
            .chain(() -> rows.findById(runId))
            .chain(known ->
                known == null
                    ? rows.persist(row(runId, document)).replaceWithVoid()
                    : replaced(known, document)));
  }

  private static final int REPORT_LOCK = 3;

  private static Uni<Void> replaced(RunReportRow row, byte[] document) {
    row.document = document;
    return Uni.createFrom().voidItem();
  }

  private RunReportRow row(long runId, byte[] document) {
    RunReportRow row = new RunReportRow();
    row.runId = runId;
    row.document = document;
    row.createTime = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return row;
  }

  private static RunAccount account(byte[] document) {
    try {
      return ReportProto.fromProto(RunReport.parseFrom(document));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored report is damaged", e);
    }
  }
}
