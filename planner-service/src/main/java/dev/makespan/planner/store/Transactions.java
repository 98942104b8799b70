package dev.makespan.planner.store;

import dev.makespan.planner.StoreUnavailable;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The bridge from blocking use cases to the reactive session: each call is one transaction on a
 * Vert.x context of its own, awaited by the calling virtual thread.
 */
final class Transactions {

  private Transactions() {}

  /** What {@code work} yields once its transaction is committed. */
  static <T> T commit(Supplier<Uni<T>> work) {
    return await(() -> Panache.withTransaction(work));
  }

  /** What {@code work} yields; it only reads. */
  static <T> T read(Supplier<Uni<T>> work) {
    return await(() -> Panache.withSession(work));
  }

  /**
   * Until the end of the transaction, nobody else passes with the same words. Locks are taken in
   * the order of {@code class}, so that two transactions never wait for each other.
   */
  static Uni<Void> lock(int lockClass, String words) {
    return Panache.getSession().chain(session -> lock(session, lockClass, words));
  }

  private static Uni<Void> lock(Mutiny.Session session, int lockClass, String words) {
    return session
        .createNativeQuery(
            "select cast(pg_advisory_xact_lock(:lockClass, hashtext(:words)) as text)",
            String.class)
        .setParameter("lockClass", lockClass)
        .setParameter("words", words)
        .getSingleResult()
        .replaceWithVoid();
  }

  @SuppressWarnings("CatchingUnchecked")
  private static <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(work);
    } catch (Throwable failure) {
      throw translated(failure);
    }
  }

  /** What a failed statement is to the use cases. */
  static RuntimeException translated(Throwable failure) {
    if (isConnectionLost(failure)) {
      return new StoreUnavailable(failure);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return new IllegalStateException("the planner's database refused a statement", failure);
  }

  private static boolean isConnectionLost(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean lost =
          switch (cause) {
            case IOException _, TimeoutException _ -> true;
            case PgException e -> isShutdown(e.getSqlState());
            default -> cause.getClass().getSimpleName().equals("ClosedConnectionException");
          };
      if (lost) {
        return true;
      }
    }
    return false;
  }

  /** Class 08 is a broken connection, 57P01 to 57P03 a server that stops or starts. */
  private static boolean isShutdown(String sqlState) {
    return sqlState.startsWith("08") || sqlState.startsWith("57P0") || sqlState.equals("53300");
  }
}
