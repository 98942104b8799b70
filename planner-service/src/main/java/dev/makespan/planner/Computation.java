package dev.makespan.planner;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reading and analysing plans, which take the processor: on a few threads of their own, with a
 * short queue, so that neither the event loops nor the virtual threads' carriers stand still.
 */
final class Computation {

  private final ExecutorService threads;

  /**
   * @param threads refuses work when its queue is full
   */
  Computation(ExecutorService threads) {
    this.threads = threads;
  }

  /** Blocks until {@code work} is done; refused when too much of it waits already. */
  <T> Answer<T> run(Callable<T> work) {
    Future<T> future;
    try {
      future = threads.submit(work);
    } catch (RejectedExecutionException e) {
      return Answer.refused(
          Refusal.of(
              Refusal.Kind.EXHAUSTED,
              "TOO_MANY_ANALYSES",
              "too many plans are being read and analysed at once; try again later"));
    }
    return Answer.of(await(future));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading or analysing a plan broke", e.getCause());
    }
  }
}
