package dev.makespan.planner.store;

import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.panache.common.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code plan_version}. */
@ApplicationScoped
class PlanVersionRows implements PanacheRepository<PlanVersionRow> {

  Uni<@Nullable PlanVersionRow> newest(String name) {
    return find("name = ?1 order by version desc", name).page(Page.ofSize(1)).firstResult();
  }

  Uni<@Nullable PlanVersionRow> version(String name, int version) {
    return find("name = ?1 and version = ?2", name, version).firstResult();
  }

  Uni<List<PlanVersionRow>> newestOfEach(String afterName, int limit) {
    return find(
            "from PlanVersionRow p where p.name > ?1 and p.version ="
                + " (select max(q.version) from PlanVersionRow q where q.name = p.name)"
                + " order by p.name",
            afterName)
        .page(Page.ofSize(limit))
        .list();
  }
}
