package dev.makespan.agent;

import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.ReconnectBackoff;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;

/** What one attempt leaves with the gateway. */
final class AttemptRecords {

  /** A file is tried to be kept for so long. */
  private static final Duration UPLOAD_PATIENCE = Duration.ofSeconds(60);

  private final SessionId session;
  private final TaskRef task;
  private final Gateway gateway;
  private final InstantSource time;
  private final DoubleSupplier chance;
  private final BiConsumer<Runnable, Duration> later;
  private final LogFeed output;

  AttemptRecords(
      SessionId session,
      TaskRef task,
      Gateway gateway,
      InstantSource time,
      DoubleSupplier chance,
      BiConsumer<Runnable, Duration> later) {
    this.session = session;
    this.task = task;
    this.gateway = gateway;
    this.time = time;
    this.chance = chance;
    this.later = later;
    this.output = new LogFeed(session, task, gateway::bulk, time, chance, later);
  }

  Runner.Output output() {
    return output;
  }

  /** Why it is not kept; empty: it is. */
  String keep(MadeArtifact made, Path file) throws IOException, InterruptedException {
    Instant until = time.instant().plus(UPLOAD_PATIENCE);
    int failures = 0;
    while (true) {
      switch (gateway.bulk().put(session, task, made, file)) {
        case Bulk.Kept.Whole() -> {
          return "";
        }
        case Bulk.Kept.Never(String reason) -> {
          return reason;
        }
        case Bulk.Kept.NotNow(String reason) -> {
          failures++;
          Duration pause = ReconnectBackoff.pause(failures, chance.getAsDouble());
          if (time.instant().plus(pause).isAfter(until)) {
            return reason;
          }
          pause(pause);
        }
      }
    }
  }

  private void pause(Duration pause) throws InterruptedException {
    CountDownLatch passed = new CountDownLatch(1);
    later.accept(passed::countDown, pause);
    passed.await();
  }
}
