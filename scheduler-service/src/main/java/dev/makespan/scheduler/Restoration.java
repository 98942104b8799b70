package dev.makespan.scheduler;

import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.task.RunId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the live runs of a shard and their events in pages, however many runs there are; the next
 * page is read while this one is applied.
 */
final class Restoration {

  /** Runs of one page; their plans are the larger part of it. */
  static final int RUNS = 50;

  /** Events of one page, of as many runs as they reach. */
  static final int EVENTS = 10_000;

  private static final Logger LOG = Logger.getLogger(Restoration.class);

  private final Journal journal;
  private final ShardClock clock;
  private final Executor threads;

  Restoration(Journal journal, ShardClock clock, Executor threads) {
    this.journal = journal;
    this.clock = clock;
    this.threads = threads;
  }

  /** Puts all that is live into {@code tenure}; a run that can't be read is left out. */
  void restore(int shard, Tenure tenure) {
    CompletableFuture<List<RunSpec>> next = later(() -> journal.liveRuns(shard, 0, RUNS));
    List<RunSpec> specs = joined(next);
    while (!specs.isEmpty()) {
      long last = specs.getLast().id().value();
      next = later(() -> journal.liveRuns(shard, last, RUNS));
      restore(specs, tenure);
      specs = joined(next);
    }
  }

  private void restore(List<RunSpec> specs, Tenure tenure) {
    Pages pages = new Pages(specs.stream().map(RunSpec::id).toList());
    boolean together = true;
    for (RunSpec spec : specs) {
      try {
        restore(spec, together ? pages::each : this::eachAlone, tenure);
      } catch (UnreadablePage e) {
        LOG.error("one run of a page can't be read, so they are read one by one", e);
        together = false;
        restore(spec, this::eachAlone, tenure);
      }
    }
  }

  /** The events of a run one by one, in their order. */
  private interface Events {
    void each(RunId run, Consumer<RunEvent> to);
  }

  /** No more of it is in memory than a page of events and what they make of the run. */
  private void restore(RunSpec spec, Events events, Tenure tenure) {
    Run run = new Run(spec);
    try {
      events.each(
          spec.id(),
          event -> {
            run.apply(event);
            tenure.restored(event);
          });
      if (run.position() == 0) {
        throw new IllegalStateException("it has no events that can be read");
      }
      clock.notBefore(run.latest());
      tenure.restore(run);
    } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
      LOG.errorf(e, "run %s can't be restored and is left out", spec.id());
    }
  }

  /** So that an event that can't be read costs its own run alone; of that run nothing is read. */
  private void eachAlone(RunId run, Consumer<RunEvent> to) {
    long position = 0;
    List<RunEvent> page;
    do {
      page = journal.events(run, position, EVENTS);
      page.forEach(to);
      position = page.isEmpty() ? position : page.getLast().position();
    } while (page.size() == EVENTS);
  }

  /** One of some runs has an event that can't be read. */
  private static final class UnreadablePage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadablePage(RuntimeException cause) {
      super("a page of events can't be read", cause);
    }
  }

  private <T> CompletableFuture<T> later(Supplier<T> reading) {
    return CompletableFuture.supplyAsync(reading, threads);
  }

  private static <T> T joined(CompletableFuture<T> reading) {
    try {
      return reading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The events of some runs, in their order. */
  private final class Pages {
    private final List<RunId> runs;
    private List<RunEvent> page = List.of();
    private int taken;
    private @Nullable CompletableFuture<List<RunEvent>> next;

    Pages(List<RunId> runs) {
      this.runs = runs;
      this.next = later(() -> journal.events(runs, null, EVENTS));
    }

    void each(RunId run, Consumer<RunEvent> to) {
      while (hasMore()) {
        RunEvent event = page.get(taken);
        if (event.run().compareTo(run) > 0) {
          break;
        }
        taken++;
        if (event.run().equals(run)) {
          to.accept(event);
        }
      }
    }

    private boolean hasMore() {
      if (taken < page.size()) {
        return true;
      }
      CompletableFuture<List<RunEvent>> reading = next;
      if (reading == null) {
        return false;
      }
      try {
        page = joined(reading);
      } catch (IllegalArgumentException | IllegalStateException e) {
        throw new UnreadablePage(e);
      }
      taken = 0;
      RunEvent last = page.size() < EVENTS ? null : page.getLast();
      next = last == null ? null : later(() -> journal.events(runs, last, EVENTS));
      return !page.isEmpty();
    }
  }
}
