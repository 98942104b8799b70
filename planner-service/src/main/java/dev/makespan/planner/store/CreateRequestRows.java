package dev.makespan.planner.store;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** The table {@code create_request}. */
@ApplicationScoped
class CreateRequestRows implements PanacheRepositoryBase<CreateRequestRow, String> {}
