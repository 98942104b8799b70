package dev.makespan.planner.store;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The table {@code plan_source}. */
@ApplicationScoped
class PlanSourceRows implements PanacheRepositoryBase<PlanSourceRow, Long> {

  /** A file's name without its content. */
  record FileName(String fileName) {}

  Uni<@Nullable FileName> fileName(long planVersionId) {
    return find("select s.fileName from PlanSourceRow s where s.planVersionId = ?1", planVersionId)
        .project(FileName.class)
        .firstResult();
  }
}
