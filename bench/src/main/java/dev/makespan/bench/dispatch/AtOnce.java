package dev.makespan.bench.dispatch;

import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ResultAck;
import dev.makespan.proto.agent.v1.ResultVerdict;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Agents that accept and succeed in the moment of the assignment, and count. */
final class AtOnce implements Work {

  private final int tasks;
  private final Supplier<CpuTimes> clock;
  private final CompletableFuture<Boolean> all = new CompletableFuture<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private final Set<String> seen = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private CpuTimes cpuAtFirst = CpuTimes.NONE;
  private CpuTimes cpuAtLast = CpuTimes.NONE;
  private long run;
  private long firstNanos;
  private long lastNanos;
  private int again;

  /**
   * What has come so far.
   *
   * @param acknowledged tasks, each once
   * @param again assignments of tasks that had been assigned before
   * @param atFirst what everything had cost at the first assignment
   * @param working what it has cost since
   */
  record Tally(int acknowledged, int again, double seconds, CpuTimes atFirst, CpuTimes working) {}

  /**
   * Nothing has come yet.
   *
   * @param clock what everything has cost so far
   */
  AtOnce(int tasks, Supplier<CpuTimes> clock) {
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public void assigned(AgentSession session, Assign assignment) {
    if (firstNanos == 0) {
      firstNanos = System.nanoTime();
      run = assignment.getTask().getRunId();
      cpuAtFirst = clock.get();
      first.countDown();
    }
    if (!seen.add(assignment.getTask().getTask())) {
      again++;
    }
    session.accept(assignment.getTask());
    session.succeed(assignment.getTask());
  }

  @Override
  public void acknowledged(AgentSession session, ResultAck ack) {
    boolean counts =
        ack.getTask().getRunId() == run
            && ack.getVerdict() == ResultVerdict.RESULT_VERDICT_COMMITTED
            && done.add(ack.getTask().getTask());
    if (!counts) {
      return;
    }
    lastNanos = System.nanoTime();
    if (done.size() == tasks) {
      cpuAtLast = clock.get();
      all.complete(true);
    }
  }

  /** On the fleet's thread. */
  Tally tally() {
    CpuTimes last = done.size() == tasks ? cpuAtLast : clock.get();
    return new Tally(
        done.size(), again, (lastNanos - firstNanos) / 1e9, cpuAtFirst, last.since(cpuAtFirst));
  }

  CompletableFuture<Boolean> all() {
    return all;
  }

  boolean awaitFirst(Duration patience) throws InterruptedException {
    return first.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Once the first has come. */
  long firstNanos() {
    return firstNanos;
  }
}
