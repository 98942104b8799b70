package dev.makespan.planner.store;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The table {@code run_report}. */
@ApplicationScoped
class RunReportRows implements PanacheRepositoryBase<RunReportRow, Long> {}
