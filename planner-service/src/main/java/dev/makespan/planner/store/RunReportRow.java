package dev.makespan.planner.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code run_report}. */
@Entity
@Immutable
@Table(name = "run_report")
class RunReportRow {
  @Id long runId;
  byte[] document = {};
  Instant createTime = Instant.EPOCH;
}
