package dev.makespan.planner.store;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The table {@code plan_source}. */
@ApplicationScoped
class PlanSourceRows implements PanacheRepositoryBase<PlanSourceRow, Long> {}
