package dev.makespan.scheduler;

import dev.makespan.scheduler.store.PgJournal;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.flywaydb.core.Flyway;

/** Puts the service together: the only place that knows clock, chance, threads and settings. */
@ApplicationScoped
public class Wiring {

  @Produces
  @Singleton
  RandomGenerator chance() {
    return new SecureRandom();
  }

  @Produces
  @Singleton
  ShardClock clock() {
    return new ShardClock(System::nanoTime);
  }

  @Produces
  @Singleton
  CallThreads threads() {
    return new CallThreads(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("scheduler-", 0).factory()));
  }

  @Produces
  @Singleton
  Journal journal(Pool pool, Flyway flyway, ShardConfig config) {
    return new PgJournal(pool, flyway, config.expiry());
  }

  @Produces
  @Singleton
  ShardOwner owner(
      Journal journal,
      ShardClock clock,
      ShardConfig config,
      RandomGenerator chance,
      CallThreads threads) {
    String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    ShardOwner.Settings settings =
        new ShardOwner.Settings(name, config.toSettings(), config.heartbeat(), config.expiry());
    return new ShardOwner(journal, clock, settings, chance, threads);
  }

  @Produces
  @Singleton
  Runs runs(ShardOwner owner, Journal journal, ShardClock clock, ShardConfig config) {
    return new Runs(owner, journal, clock, config.waitingCalls());
  }

  @Produces
  @Singleton
  Watching watching(ShardOwner owner, Journal journal) {
    return new Watching(owner, journal);
  }

  void start(@Observes StartupEvent event, ShardOwner owner) {
    owner.start();
  }

  void stop(@Observes ShutdownEvent event, ShardOwner owner, CallThreads threads)
      throws InterruptedException {
    owner.stop();
    threads.stop();
  }
}
