package dev.makespan.planner;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Looks at operations again and again for those who watch them, wherever they are computed. */
public final class OperationWatch {

  /** Operations watched at once. */
  static final int MAX_WATCHED = 256;

  /** How often each is looked at. */
  static final Duration PACE = Duration.ofMillis(500);

  private final Operations operations;
  private final ScheduledExecutorService timer;
  private final Executor threads;
  private final Semaphore free = new Semaphore(MAX_WATCHED);

  /**
   * @param threads may wait
   */
  OperationWatch(Operations operations, ScheduledExecutorService timer, Executor threads) {
    this.operations = operations;
    this.timer = timer;
    this.threads = threads;
  }

  /** One who watches; told of nothing until {@link Watching#follow}. */
  public Answer<Watching> begin(long id) {
    return free.tryAcquire()
        ? Answer.of(new Watching(id))
        : Answer.refused(
            Refusal.of(
                Refusal.Kind.EXHAUSTED,
                "TOO_MANY_WATCHERS",
                "expected at most " + MAX_WATCHED + " watchers; try again later"));
  }

  /** What one who watches is told, by one call after another. */
  public interface Listener {

    /** It is not as it was. */
    void changed(Operation operation);

    /** Nothing will change any more. */
    void ended();

    void refused(Refusal refusal);

    void failed(Throwable failure);
  }

  /** One who watches one operation, until its end or {@link #leave}. */
  public final class Watching {

    private final long id;
    private final AtomicBoolean left = new AtomicBoolean();

    /** Used by one look after another. */
    private @Nullable Operation last;

    private Watching(long id) {
      this.id = id;
    }

    public void follow(Listener listener) {
      threads.execute(() -> look(listener));
    }

    public void leave() {
      if (left.compareAndSet(false, true)) {
        free.release();
      }
    }

    private void look(Listener listener) {
      if (left.get()) {
        return;
      }
      try {
        switch (operations.operation(id)) {
          case Answer.Refused<Operation>(Refusal refusal) -> {
            leave();
            listener.refused(refusal);
          }
          case Answer.Given<Operation>(Operation operation) -> tell(operation, listener);
        }
      } catch (RuntimeException failure) {
        leave();
        listener.failed(failure);
      }
    }

    private void tell(Operation operation, Listener listener) {
      if (!operation.equals(last)) {
        last = operation;
        listener.changed(operation);
      }
      if (operation.state().isFinal()) {
        leave();
        listener.ended();
      } else {
        Runnable again = () -> threads.execute(() -> look(listener));
        var _ = timer.schedule(again, PACE.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }
}
