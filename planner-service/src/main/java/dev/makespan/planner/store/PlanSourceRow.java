package dev.makespan.planner.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code plan_source}. */
@Entity
@Immutable
@Table(name = "plan_source")
class PlanSourceRow {
  @Id long planVersionId;
  String fileName = "";
  byte[] content = {};
}
