package dev.makespan.planner.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code create_request}. */
@Entity
@Immutable
@Table(name = "create_request")
class CreateRequestRow {
  @Id String requestId = "";
  String requestHash = "";
  long planVersionId;
}
