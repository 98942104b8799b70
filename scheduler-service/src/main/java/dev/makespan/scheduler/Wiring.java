package dev.makespan.scheduler;

import dev.makespan.scheduler.store.PgJournal;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.flywaydb.core.Flyway;

/** Puts the service together: the only place that knows clock, chance, threads and settings. */
@ApplicationScoped
public class Wiring {

  /** A hundred years. */
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

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
    return new PgJournal(pool, flyway, config.expiry(), config.count());
  }

  @Produces
  @Singleton
  Meters meters(MeterRegistry registry) {
    return new Meters(registry);
  }

  @Produces
  @Singleton
  ShardOwner owner(
      Journal journal,
      ShardClock clock,
      ShardConfig config,
      RandomGenerator chance,
      CallThreads threads,
      Meters meters) {
    String name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    ShardOwner.Settings settings =
        new ShardOwner.Settings(
            new Member(name, config.address()),
            config.toSettings(),
            config.heartbeat(),
            config.expiry());
    return new ShardOwner(journal, clock, settings, chance, threads, meters);
  }

  @Produces
  @Singleton
  Runs runs(ShardOwner owner, Journal journal, ShardClock clock, ShardConfig config) {
    return new Runs(owner, journal, clock, config.waitingCalls());
  }

  @Produces
  @Singleton
  Agents agents(ShardOwner owner, Journal journal) {
    return new Agents(owner, journal);
  }

  @Produces
  @Singleton
  Watching watching(ShardOwner owner, Journal journal, Meters meters) {
    return new Watching(owner, journal, meters);
  }

  @Produces
  @Singleton
  Retention retention(Journal journal, ShardConfig config, RandomGenerator chance) {
    return new Retention(journal, config.retention().orElse(FOR_EVER), chance);
  }

  void start(
      @Observes StartupEvent event, ShardOwner owner, Retention retention, CallThreads threads) {
    owner.start();
    threads.execute(retention);
  }

  void stop(
      @Observes ShutdownEvent event, ShardOwner owner, Retention retention, CallThreads threads)
      throws InterruptedException {
    retention.stop();
    owner.stop();
    threads.stop();
  }
}
