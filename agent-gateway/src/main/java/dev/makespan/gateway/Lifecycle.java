package dev.makespan.gateway;

import dev.makespan.gateway.grpc.SchedulerLinks;
import dev.makespan.gateway.records.Holdings;
import dev.makespan.gateway.records.Sweep;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Starts the link and the clock; stops without leaving agents to find out by themselves. */
@Singleton
public class Lifecycle {

  private static final Logger LOG = Logger.getLogger(Lifecycle.class);
  private static final long TICK_MILLIS = 500;

  private final SchedulerLinks link;
  private final Sessions sessions;
  private final Reports reports;
  private final Holdings holdings;
  private final RecordThreads threads;
  private final Sweep sweep;
  private final InstantSource time;
  private final Duration sweepInterval;
  private final ScheduledExecutorService clock;
  private final Duration drain;

  public Lifecycle(
      SchedulerLinks link,
      Sessions sessions,
      Reports reports,
      Holdings holdings,
      RecordThreads threads,
      Sweep sweep,
      InstantSource time,
      Clockwork clock,
      GatewayConfig config) {
    this.link = link;
    this.sessions = sessions;
    this.reports = reports;
    this.holdings = holdings;
    this.threads = threads;
    this.sweep = sweep;
    this.time = time;
    this.sweepInterval = config.records().sweep();
    this.clock = clock.timer();
    this.drain = config.drain();
  }

  void start(@Observes StartupEvent event) {
    link.start();
    var _ = clock.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    long sweepMillis = sweepInterval.toMillis();
    var _ =
        clock.scheduleWithFixedDelay(
            () -> threads.readers().execute(this::sweep),
            sweepMillis,
            sweepMillis,
            TimeUnit.MILLISECONDS);
  }

  private void sweep() {
    try {
      int forgotten = sweep.sweep(time.instant());
      if (forgotten > 0) {
        LOG.infof("forgot logs and artifacts of %d attempts", forgotten);
      }
    } catch (IOException e) {
      LOG.warnf("logs and artifacts that are too old can't be removed: %s", e);
    }
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
