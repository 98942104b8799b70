package dev.makespan.gateway;

import dev.makespan.gateway.grpc.SchedulerLinks;
import dev.makespan.gateway.records.Holdings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Starts the link and the clock; stops without leaving agents to find out by themselves. */
@Singleton
public class Lifecycle {

  private static final long TICK_MILLIS = 500;

  private final SchedulerLinks link;
  private final Sessions sessions;
  private final Reports reports;
  private final Holdings holdings;
  private final RecordThreads threads;
  private final ScheduledExecutorService clock;
  private final Duration drain;

  public Lifecycle(
      SchedulerLinks link,
      Sessions sessions,
      Reports reports,
      Holdings holdings,
      RecordThreads threads,
      Clockwork clock,
      GatewayConfig config) {
    this.link = link;
    this.sessions = sessions;
    this.reports = reports;
    this.holdings = holdings;
    this.threads = threads;
    this.clock = clock.timer();
    this.drain = config.drain();
  }

  void start(@Observes StartupEvent event) {
    link.start();
    var _ = clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    sessions.tick();
    reports.tick();
    holdings.tick();
  }

  void stop(@Observes ShutdownEvent event) {
    sessions.goAway("this gateway stops");
    sessions.awaitEmpty(drain);
    sessions.closeAll("this gateway stops; come back");
    link.stop();
    clock.shutdownNow();
    threads.readers().shutdownNow();
    threads.writers().shutdown();
  }
}
