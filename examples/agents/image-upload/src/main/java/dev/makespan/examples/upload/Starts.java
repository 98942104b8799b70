package dev.makespan.examples.upload;

import dev.makespan.proto.plan.v1.StoredPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts a run for each upload, all at once. Where enough wait already, each comes back after the
 * delay that it was told, and later each time, so that those who wait do not come together.
 */
final class Starts {

  private static final int MOST_SPREAD = 8;

  private final Planner planner;
  private final StoredPlan plan;
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();

  Starts(Planner planner, StoredPlan plan) {
    this.planner = planner;
    this.plan = plan;
  }

  /** How often the answer was that enough wait already. */
  int refused() {
    return refused.get();
  }

  /** How many uploads heard so at least once. */
  int held() {
    return held.get();
  }

  /** The run of each upload. Blocks until each has one. */
  Map<Long, Upload> all(List<Upload> uploads) throws InterruptedException {
    Map<Upload, Future<Long>> starting = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      uploads.forEach(one -> starting.put(one, threads.submit(() -> started(one))));
      Map<Long, Upload> runs = new LinkedHashMap<>();
      for (Map.Entry<Upload, Future<Long>> one : starting.entrySet()) {
        runs.put(one.getValue().get(), one.getKey());
      }
      return runs;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an upload cannot be started: " + e.getCause(), e);
    }
  }

  private long started(Upload upload) throws InterruptedException {
    // One name for all tries: an answer that was lost has started the run all the same.
    String requestId = UUID.randomUUID().toString();
    Map<String, String> parameters =
        Map.of("source", upload.file().toString(), "sha256", upload.sha256());
    boolean wasHeld = false;
    for (int n = 1; ; n++) {
      switch (planner.start(requestId, plan, parameters)) {
        case Planner.Answer.Started(long run) -> {
          return run;
        }
        case Planner.Answer.Later(Duration delay, boolean full) -> {
          if (full) {
            refused.incrementAndGet();
            if (!wasHeld) {
              wasHeld = true;
              held.incrementAndGet();
            }
          }
          Thread.sleep(spread(delay, n));
        }
      }
    }
  }

  /** Never sooner than was told. */
  private static Duration spread(Duration delay, int n) {
    double more = ThreadLocalRandom.current().nextDouble() * Math.min(n, MOST_SPREAD);
    return delay.plusNanos(Math.round(delay.toNanos() * more));
  }
}
