package dev.makespan.bench.dispatch;

import dev.makespan.bench.dispatch.Reading.Goal;
import dev.makespan.proto.run.v1.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * From the moment in which the scheduler decides that a task is ready to the assignment's arrival
 * at the agent; the commit lies in between. Open loop: results come by a timetable.
 *
 * <p>The decision bears the scheduler's clock, which follows the database's on the same machine;
 * the turnaround from the result before it, taken with one clock, bounds it from above.
 */
final class LatencyFigure {

  private static final Duration HIGHEST = Duration.ofMinutes(1);

  /** For what the disk alone takes. */
  private static final int COMMITS = 300;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(20);

  /** Not counted: the timetable's first moments. */
  private static final Duration WARMING = Duration.ofSeconds(1);

  private final Rig rig;
  private final AgentFleet fleet;
  private final int perSecond;
  private final Duration time;

  LatencyFigure(Rig rig, AgentFleet fleet, int perSecond, Duration time) {
    this.rig = rig;
    this.fleet = fleet;
    this.perSecond = perSecond;
    this.time = time;
  }

  /** What one repetition has shown, in milliseconds. */
  record Shown(Histogram ready, Histogram turnaround, long starved) {}

  Readings measure(int slots, int repeat) throws InterruptedException {
    Readings readings = new Readings("ready to assignment at the agent");
    double[][] values = new double[6][repeat];
    long starved = 0;
    long counted = 0;
    for (int i = 0; i < repeat; i++) {
      Shown shown = once("latency-" + i, slots / 2);
      starved += shown.starved;
      counted += shown.ready.getTotalCount();
      values[0][i] = millis(shown.ready, 50);
      values[1][i] = millis(shown.ready, 99);
      values[2][i] = shown.ready.getMaxValue() / 1e3;
      values[3][i] = millis(shown.turnaround, 50);
      values[4][i] = millis(shown.turnaround, 99);
      values[5][i] = shown.turnaround.getMaxValue() / 1e3;
    }
    readings.fact("tasks/s", perSecond);
    readings.fact("counted", counted);
    Histogram commits = rig.commits(COMMITS);
    readings.fact("results late for want of a task", starved);
    readings.add(Reading.of("ready to arrival, p50", "ms", values[0], Goal.atMost(5, 2)));
    readings.add(Reading.of("ready to arrival, p99", "ms", values[1], Goal.atMost(30, 10)));
    readings.add(Reading.of("ready to arrival, max", "ms", values[2], Goal.NONE));
    readings.add(Reading.of("result to next assignment, p50", "ms", values[3], Goal.NONE));
    readings.add(Reading.of("result to next assignment, p99", "ms", values[4], Goal.NONE));
    readings.add(Reading.of("result to next assignment, max", "ms", values[5], Goal.NONE));
    readings.add(
        Reading.of("a commit of one row alone, p50", "ms", millis(commits, 50), Goal.NONE));
    readings.add(
        Reading.of("a commit of one row alone, p99", "ms", millis(commits, 99), Goal.NONE));
    return readings;
  }

  static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e3;
  }

  /** A run of its own, whose name is the plan's. */
  Shown once(String name, int chains) throws InterruptedException {
    long results = perSecond * time.toSeconds();
    LoadPlan plan = LoadPlan.chains(name, chains, (int) (results / chains) + 3);
    rig.planner()
        .upload(plan)
        .ifPresent(refusal -> {
          throw new IllegalStateException(refusal);
        });
    OnTime work = new OnTime(perSecond);
    fleet.work(work);
    long run = rig.planner().start(plan.name(), plan.name() + "-" + System.nanoTime()).join();
    awaitInHand(work, chains);
    Instant begin = Instant.now();
    fleet.loop().submit(() -> work.begin(fleet.loop())).syncUninterruptibly();
    fleet.loop().schedule(work::end, time.toMillis(), TimeUnit.MILLISECONDS).sync();
    fleet.work(Work.NONE);
    rig.planner().cancel(run);
    rig.planner().awaitEnd(plan.name());
    rig.requireWhole();
    return shown(run, work, begin.plus(time.compareTo(WARMING) > 0 ? WARMING : Duration.ZERO));
  }

  private void awaitInHand(OnTime work, int chains) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (inHand(work) < chains) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the first tasks of the chains were not assigned");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private int inHand(OnTime work) {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    fleet.loop().execute(() -> count.complete(work.inHand()));
    return count.join();
  }

  private Shown shown(long run, OnTime work, Instant from) {
    Histogram ready = new Histogram(HIGHEST.toNanos() / 1_000, 3);
    Histogram turnaround = new Histogram(HIGHEST.toNanos() / 1_000, 3);
    Map<String, Instant> arrivals = work.arrivals();
    rig.planner()
        .events(
            run,
            event -> {
              Instant arrival = arrivals.get(event.getTask());
              Long whole = work.turnaroundNanos().get(event.getTask());
              if (event.getEventCase() == RunEvent.EventCase.TASK_READY
                  && arrival != null
                  && whole != null
                  && at(event).isAfter(from)) {
                ready.recordValue(micros(Duration.between(at(event), arrival)));
                turnaround.recordValue(micros(Duration.ofNanos(whole)));
              }
            });
    return new Shown(ready, turnaround, work.starved());
  }

  private static long micros(Duration duration) {
    return Math.clamp(duration.toNanos() / 1_000, 0, HIGHEST.toNanos() / 1_000);
  }

  private static Instant at(RunEvent event) {
    return Instant.ofEpochSecond(
        event.getEventTime().getSeconds(), event.getEventTime().getNanos());
  }
}
