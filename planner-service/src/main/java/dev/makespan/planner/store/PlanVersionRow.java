package dev.makespan.planner.store;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code plan_version}. */
@Entity
@Immutable
@Table(name = "plan_version")
class PlanVersionRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  String name = "";
  int version;
  String title = "";
  int taskCount;
  String contentHash = "";
  Instant createTime = Instant.EPOCH;

  /** Null: not deleted. */
  @Nullable Instant deleteTime;
}
