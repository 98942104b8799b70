package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Priority;
import dev.makespan.core.task.RunId;
import java.time.Instant;
import java.util.Comparator;

/**
 * A task that may start, and its place in the order: priority class, then longest tail (which is
 * least slack), then first come.
 *
 * @param task by number in its run
 */
record ReadyTask(Priority priority, long tailMillis, Instant since, RunId run, int task)
    implements Comparable<ReadyTask> {

  private static final Comparator<ReadyTask> ORDER =
      Comparator.comparing(ReadyTask::priority)
          .thenComparing(Comparator.comparingLong(ReadyTask::tailMillis).reversed())
          .thenComparing(ReadyTask::since)
          .thenComparing(ReadyTask::run)
          .thenComparingInt(ReadyTask::task);

  @Override
  public int compareTo(ReadyTask other) {
    return ORDER.compare(this, other);
  }
}
