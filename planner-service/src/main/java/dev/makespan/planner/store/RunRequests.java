package dev.makespan.planner.store;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/** The table {@code run_request}. */
@ApplicationScoped
class RunRequests {

  /** Nobody repeats an older request; its note is forgotten. */
  static final Duration KEPT = Duration.ofDays(30);

  /** A request as it was first told. */
  record Noted(String planName, int planVersion) {}

  /** What is noted of the request: this, or what was noted before. */
  Uni<Noted> note(String requestId, Noted wanted, Instant now) {
    return Panache.getSession().chain(session -> note(session, requestId, wanted, now));
  }

  private static Uni<Noted> note(
      Mutiny.Session session, String requestId, Noted wanted, Instant now) {
    return session
        .createNativeQuery(
            """
            insert into planner.run_request (request_id, plan_name, plan_version, create_time)
            values (:id, :name, :version, :now) on conflict (request_id) do nothing
            """)
        .setParameter("id", requestId)
        .setParameter("name", wanted.planName())
        .setParameter("version", wanted.planVersion())
        .setParameter("now", now)
        .executeUpdate()
        .chain(added ->
            added == 1 ? forgetOld(session, now).replaceWith(wanted) : noted(session, requestId));
  }

  private static Uni<Integer> forgetOld(Mutiny.Session session, Instant now) {
    return session
        .createNativeQuery("delete from planner.run_request where create_time < :oldest")
        .setParameter("oldest", now.minus(KEPT))
        .executeUpdate();
  }

  private static Uni<Noted> noted(Mutiny.Session session, String requestId) {
    return session
        .createNativeQuery(
            "select plan_name, plan_version from planner.run_request where request_id = :id",
            Object[].class)
        .setParameter("id", requestId)
        .getSingleResult()
        .map(row -> new Noted((String) row[0], ((Number) row[1]).intValue()));
  }
}
