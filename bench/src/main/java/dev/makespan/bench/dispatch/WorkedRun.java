package dev.makespan.bench.dispatch;

import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * One run, worked off by agents that answer at once.
 *
 * @param tasks of the plan
 * @param finished how many were acknowledged before the time was up
 * @param again assignments beyond the first of a task
 * @param seconds from the first assignment to the last acknowledgement
 * @param startMillis from the call to the first assignment
 * @param answerMillis from the call to its answer
 * @param startCpu from the call to the first assignment
 * @param cpu from the first assignment to the last acknowledgement
 */
record WorkedRun(
    int tasks,
    int finished,
    int again,
    double seconds,
    double startMillis,
    double answerMillis,
    CpuTimes startCpu,
    CpuTimes cpu) {

  /** How long a first assignment may take; more than any goal. */
  private static final Duration FIRST = Duration.ofMinutes(2);

  double perSecond() {
    return finished / seconds;
  }

  double suiteMicrosPerTask() {
    return (double) cpu.suiteMicros() / finished;
  }

  boolean isWhole() {
    return finished == tasks;
  }

  /** Runs an uploaded plan until it is done, or cancels it when the time is up. */
  static WorkedRun of(Rig rig, AgentFleet fleet, LoadPlan plan, Duration limit)
      throws InterruptedException {
    AtOnce work = new AtOnce(plan.tasks(), rig::cpu);
    fleet.work(work);
    CpuTimes before = rig.cpu();
    long called = System.nanoTime();
    CompletableFuture<Long> started = rig.planner().start(plan.name(), plan.name() + "-" + called);
    CompletableFuture<Long> answered = started.thenApply(_ -> System.nanoTime());
    requireFirst(work, started);
    work.all().completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS).join();
    AtOnce.Tally tally = fleet.loop().submit(work::tally).syncUninterruptibly().getNow();
    long run = started.join();
    if (tally.acknowledged() < plan.tasks()) {
      fleet.work(Work.NONE);
      rig.planner().cancel(run);
    }
    requireDone(rig.planner().awaitEnd(plan.name()), tally, plan);
    rig.requireWhole();
    return new WorkedRun(
        plan.tasks(),
        tally.acknowledged(),
        tally.again(),
        tally.seconds(),
        (work.firstNanos() - called) / 1e6,
        (answered.join() - called) / 1e6,
        tally.atFirst().since(before),
        tally.working());
  }

  private static void requireFirst(AtOnce work, CompletableFuture<Long> started)
      throws InterruptedException {
    long end = System.nanoTime() + FIRST.toNanos();
    while (!work.awaitFirst(Duration.ofMillis(100))) {
      if (started.isCompletedExceptionally()) {
        try {
          started.join();
        } catch (CompletionException e) {
          throw new IllegalStateException("the run can't be started", e.getCause());
        }
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("no assignment came within " + FIRST.toSeconds() + " s");
      }
    }
  }

  /** A run that was cancelled has ended in one way or the other; a whole one is done. */
  private static void requireDone(Run run, AtOnce.Tally tally, LoadPlan plan) {
    if (tally.acknowledged() == plan.tasks() && run.getState() != RunState.RUN_STATE_DONE) {
      throw new IllegalStateException(
          "%s: expected a run that is done, was %s".formatted(plan.name(), run.getState()));
    }
  }
}
