package dev.makespan.planner;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Keeps the operations of this process its own while it lives. */
@Singleton
class Heartbeat {

  private static final Logger LOG = Logger.getLogger(Heartbeat.class);

  /** A cancel that came in elsewhere is noticed after so long. */
  private static final Duration PACE = Duration.ofSeconds(2);

  private final Operations operations;
  private final CallThreads threads;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean beating = new AtomicBoolean();

  Heartbeat(Operations operations, CallThreads threads, ScheduledExecutorService timer) {
    this.operations = operations;
    this.threads = threads;
    this.timer = timer;
  }

  void start(@Observes StartupEvent event) {
    long millis = PACE.toMillis();
    var _ = timer.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    try {
      operations.handOver();
    } catch (RuntimeException failure) {
      LOG.debug("the operations could not be handed over; their leases run out", failure);
    }
  }

  /** One after another; a beat that takes long swallows those that come meanwhile. */
  private void beat() {
    if (beating.compareAndSet(false, true)) {
      threads.execute(this::beatOnce);
    }
  }

  private void beatOnce() {
    try {
      operations.beat();
    } catch (StoreUnavailable away) {
      LOG.debug("the operations wait for the database", away);
    } catch (RuntimeException failure) {
      LOG.error("a heartbeat broke", failure);
    } finally {
      beating.set(false);
    }
  }
}
