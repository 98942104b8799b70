package dev.makespan.planner.store;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.panache.common.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code plan_version}; all but {@link #last} pass over deleted versions. */
@ApplicationScoped
class PlanVersionRows implements PanacheRepository<PlanVersionRow> {

  Uni<@Nullable PlanVersionRow> newest(String name) {
    return find("name = ?1 and deleteTime is null order by version desc", name)
        .page(Page.ofSize(1))
        .firstResult();
  }

  /** The one with the highest number, deleted or not. */
  Uni<@Nullable PlanVersionRow> last(String name) {
    return find("name = ?1 order by version desc", name).page(Page.ofSize(1)).firstResult();
  }

  Uni<@Nullable PlanVersionRow> version(String name, int version) {
    return find("name = ?1 and version = ?2 and deleteTime is null", name, version).firstResult();
  }

  Uni<List<PlanVersionRow>> newestOfEach(String afterName, int limit) {
    return find(
            "from PlanVersionRow p where p.name > ?1 and p.version ="
                + " (select max(q.version) from PlanVersionRow q"
                + " where q.name = p.name and q.deleteTime is null)"
                + " order by p.name",
            afterName)
        .page(Page.ofSize(limit))
        .list();
  }

  Uni<List<PlanVersionRow>> below(String name, int version, int limit) {
    return find(
            "name = ?1 and version < ?2 and deleteTime is null order by version desc",
            name,
            version)
        .page(Page.ofSize(limit))
        .list();
  }

  /** How many were deleted; version 0: all. Their files go with them. */
  Uni<Integer> delete(String name, int version, Instant now) {
    return Panache.getSession()
        .chain(session ->
            session
                .createNativeQuery(
                    """
                    with gone as (
                      update planner.plan_version set delete_time = :now
                      where name = :name and delete_time is null and :version in (0, version)
                      returning id),
                    files as (
                      delete from planner.plan_source s using gone where s.plan_version_id = gone.id
                      returning 1)
                    select count(*) from gone
                    """,
                    Long.class)
                .setParameter("now", now)
                .setParameter("name", name)
                .setParameter("version", version)
                .getSingleResult())
        .map(Long::intValue);
  }
}
