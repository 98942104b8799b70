package dev.makespan.planner;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Answers questions about plans: from what is kept, together with others who ask the same now, or
 * by computing. A computation that nobody waits for any more is stopped.
 */
public final class Computations {

  /** To be raised whenever the same question gets another answer than before. */
  static final int ALGORITHM_VERSION = 5;

  private static final Logger LOG = Logger.getLogger(Computations.class);

  /**
   * What was done since the start.
   *
   * @param computed begun on a thread of this process
   * @param fromStore answered by what was kept
   * @param joined answered by what others had asked for
   * @param cancelled stopped since nobody waited any more
   * @param underWay computed now, or waiting for a thread
   */
  public record Figures(long computed, long fromStore, long joined, long cancelled, int underWay) {}

  private final ResultStore store;
  private final ThreadPoolExecutor threads;
  private final LongSupplier nanos;
  private final AtomicLong computed = new AtomicLong();
  private final AtomicLong fromStore = new AtomicLong();
  private final AtomicLong joined = new AtomicLong();
  private final AtomicLong cancelled = new AtomicLong();

  /** By key; guarded by itself. */
  private final Map<String, Shared> underWay = new LinkedHashMap<>();

  /**
   * @param threads refuses work when its queue is full
   * @param nanos a clock that only goes forward
   */
  Computations(ResultStore store, ThreadPoolExecutor threads, LongSupplier nanos) {
    this.store = store;
    this.threads = threads;
    this.nanos = nanos;
  }

  /** One who waits for a computation. To be closed; the last one to leave stops it. */
  public final class Asked implements AutoCloseable {

    private final Shared shared;
    private final Runnable onChange;
    private final AtomicBoolean left = new AtomicBoolean();

    private Asked(Shared shared, Runnable onChange) {
      this.shared = shared;
      this.onChange = onChange;
    }

    public Progress progress() {
      return shared.computing.progress();
    }

    public boolean isOver() {
      return shared.computing.outcome.isDone();
    }

    /** Blocks until it is over. */
    public Answer<Result> outcome() {
      try {
        return shared.computing.outcome.join();
      } catch (CompletionException failure) {
        throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
      }
    }

    @Override
    public void close() {
      if (left.compareAndSet(false, true)) {
        shared.computing.unlisten(onChange);
        leave(shared);
      }
    }
  }

  /** How many wait for it; guarded by {@link #underWay}. */
  private static final class Shared implements Runnable {
    final Computing computing;
    final Runnable work;
    int waiting;

    Shared(Computing computing, Runnable work) {
      this.computing = computing;
      this.work = work;
    }

    @Override
    public void run() {
      work.run();
    }
  }

  /** What names a question about a file, for as long as the algorithms stay as they are. */
  static String keyOf(String contentHash, Question question) {
    String words = ALGORITHM_VERSION + "\n" + contentHash + "\n" + question;
    return new PlanSource("", words.getBytes(StandardCharsets.UTF_8)).hash();
  }

  /**
   * Asks a complete question. Blocks for a look into the store, not for the computation; refused
   * when too many computations wait already.
   *
   * @param onChange called from any thread when the progress has changed or it is over
   */
  Answer<Asked> ask(Plans.Opened plan, Question question, Runnable onChange) {
    String key = keyOf(plan.stored().contentHash(), question);
    boolean leads;
    Shared shared;
    synchronized (underWay) {
      Shared others = underWay.get(key);
      leads = others == null;
      shared = others == null ? shared(key, plan, question) : others;
      shared.waiting++;
      underWay.put(key, shared);
      shared.computing.listen(onChange);
    }
    if (!leads) {
      joined.incrementAndGet();
      return Answer.of(new Asked(shared, onChange));
    }
    return lead(shared) ? Answer.of(new Asked(shared, onChange)) : Answer.refused(tooMany());
  }

  public Figures figures() {
    synchronized (underWay) {
      return new Figures(
          computed.get(), fromStore.get(), joined.get(), cancelled.get(), underWay.size());
    }
  }

  private Shared shared(String key, Plans.Opened plan, Question question) {
    Computing computing = new Computing(key, question, nanos);
    return new Shared(computing, () -> compute(computing, plan, question));
  }

  /** Whether it is answered already, or will be. */
  private boolean lead(Shared shared) {
    Computing computing = shared.computing;
    try {
      Optional<Result> kept = store.findResult(computing.key);
      if (kept.isPresent()) {
        fromStore.incrementAndGet();
        forget(computing);
        computing.finish(Answer.of(kept.get()));
      } else {
        threads.execute(shared);
      }
      return true;
    } catch (RejectedExecutionException e) {
      forget(computing);
      computing.finish(Answer.refused(tooMany()));
      return false;
    } catch (RuntimeException failure) {
      forget(computing);
      computing.fail(failure);
      throw failure;
    }
  }

  private void compute(Computing computing, Plans.Opened opened, Question question) {
    try {
      if (!computing.isCancelled()) {
        computed.incrementAndGet();
        computing.begin();
        Result result = Solving.answer(opened.plan(), opened.source(), question, computing);
        keep(computing, result);
        forget(computing);
        computing.finish(computing.isCancelled() ? Answer.refused(stopped()) : Answer.of(result));
      } else {
        computing.finish(Answer.refused(stopped()));
      }
    } catch (RuntimeException | Error failure) {
      LOG.error("a computation broke", failure);
      forget(computing);
      computing.fail(new IllegalStateException("the computation broke", failure));
    }
  }

  /** An answer that can't be kept is an answer all the same. */
  private void keep(Computing computing, Result result) {
    if (computing.isCutShort()) {
      return;
    }
    try {
      store.keep(computing.key, result);
    } catch (RuntimeException failure) {
      LOG.warnf("a result could not be kept: %s", failure.getMessage());
    }
  }

  private void forget(Computing computing) {
    synchronized (underWay) {
      Shared shared = underWay.get(computing.key);
      if (shared != null && shared.computing == computing) {
        underWay.remove(computing.key);
      }
    }
  }

  private void leave(Shared shared) {
    synchronized (underWay) {
      if (--shared.waiting > 0 || shared.computing.outcome.isDone()) {
        return;
      }
      shared.computing.cancel();
      forget(shared.computing);
    }
    cancelled.incrementAndGet();
    if (threads.remove(shared)) {
      shared.computing.finish(Answer.refused(stopped()));
    }
  }

  private static Refusal tooMany() {
    return Refusal.of(
        Refusal.Kind.EXHAUSTED,
        "TOO_MANY_COMPUTATIONS",
        "too much is being computed at once; try again later");
  }

  private static Refusal stopped() {
    return Refusal.of(
        Refusal.Kind.STALE, "COMPUTATION_STOPPED", "the computation was stopped; ask again");
  }
}
