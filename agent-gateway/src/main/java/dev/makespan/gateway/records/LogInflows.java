package dev.makespan.gateway.records;

import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** All streams that write logs here, the newest one of each attempt. Any thread. */
public final class LogInflows {

  /** Chunks that one stream has on the way, when there is room for them. */
  static final int WINDOW = 32;

  /** Chunks of all streams together beside one for each: 128 MiB. */
  static final int SHARED_CHUNKS = 2_048;

  private final Map<TaskRef, LogInflow> inflows = new ConcurrentHashMap<>();
  private final Semaphore shared = new Semaphore(SHARED_CHUNKS);
  private final Semaphore streams;
  private final SegmentStore store;
  private final Holdings holdings;
  private final LogLimits limits;
  private final Executor writers;
  private final InstantSource time;

  /**
   * @param writers some threads that may block
   * @param maxStreams at once; more are refused
   */
  public LogInflows(
      SegmentStore store,
      Holdings holdings,
      LogLimits limits,
      Executor writers,
      InstantSource time,
      int maxStreams) {
    this.store = store;
    this.holdings = holdings;
    this.limits = limits;
    this.writers = writers;
    this.time = time;
    this.streams = new Semaphore(maxStreams);
  }

  /**
   * A stream that writes the log of {@code attempt}; one that did before is ended. The source is
   * first told what is kept, and how much may come.
   *
   * @param oldest the oldest sequence that the other end still has
   * @return null: the source was told why not
   */
  public @Nullable LogInflow open(
      SessionId session, TaskRef attempt, long oldest, LogInflow.Source source) {
    RecordRefusal refusal = holdings.refusal(session, attempt);
    if (refusal == null && !streams.tryAcquire()) {
      refusal = new RecordRefusal(RecordRefusal.Kind.TOO_MUCH, "too many logs are written here");
    }
    if (refusal != null) {
      source.refused(refusal);
      return null;
    }
    int extra = 0;
    while (extra < WINDOW - 1 && shared.tryAcquire()) {
      extra++;
    }
    int window = 1 + extra;
    Ends ends = new Ends(attempt, extra);
    LogInflow inflow =
        new LogInflow(
            session,
            attempt,
            window,
            () -> AttemptLog.open(store, attempt, oldest, limits, time),
            holdings,
            writers,
            new Granting(source, window),
            ends);
    ends.inflow = inflow;
    LogInflow older = inflows.put(attempt, inflow);
    if (older != null) {
      older.replaced();
    }
    inflow.begin();
    return inflow;
  }

  /** Gives back what a stream had. Run once. */
  private final class Ends implements Runnable {
    private final TaskRef attempt;
    private final int extra;
    private @Nullable LogInflow inflow;

    Ends(TaskRef attempt, int extra) {
      this.attempt = attempt;
      this.extra = extra;
    }

    @Override
    public void run() {
      shared.release(extra);
      streams.release();
      LogInflow mine = inflow;
      if (mine != null) {
        inflows.remove(attempt, mine);
      }
    }
  }

  /** With the first position the whole window may come. */
  private static final class Granting implements LogInflow.Source {
    private final LogInflow.Source source;
    private int first;

    Granting(LogInflow.Source source, int window) {
      this.source = source;
      this.first = window;
    }

    @Override
    public void kept(long position, int more) {
      source.kept(position, first + more);
      first = 0;
    }

    @Override
    public void refused(RecordRefusal refusal) {
      source.refused(refusal);
    }

    @Override
    public void done(long position) {
      source.done(position);
    }
  }
}
