package dev.makespan.scheduler;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.task.RunId;
import dev.makespan.scheduler.Mail.Subscribed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells watchers of a run everything after a position, first from the journal, then live. */
public final class Watching {

  private static final int PAGE = 500;

  private final ShardOwner owner;
  private final Journal journal;
  private final Meters meters;

  public Watching(ShardOwner owner, Journal journal, Meters meters) {
    this.owner = owner;
    this.journal = journal;
    this.meters = meters;
  }

  /** Where events go, one at a time. */
  public interface Sink {

    /** Whether the watcher can take one without waiting. */
    boolean isReady();

    void send(RunEvent event);
  }

  /** Why a watch is over. */
  public sealed interface End {

    /** The run has finished, and the watcher has heard all of it. */
    record Finished() implements End {}

    record NoSuchRun(RunId run) implements End {}

    /** The watcher lagged too far after {@code position}. */
    record TooSlow(long position) implements End {}

    /** Not from here, or not any more. */
    record Unavailable(String message, @Nullable String owner) implements End {
      Unavailable(String message) {
        this(message, null);
      }
    }
  }

  /** Tells {@code sink} until the end; blocks: call on a virtual thread of its own. */
  public End tell(Watch watch, long afterPosition, Sink sink) throws InterruptedException {
    CompletableFuture<Subscribed> answer = new CompletableFuture<>();
    Telling telling = new Telling(watch, sink, afterPosition);
    try {
      NotHere refusal = owner.offer(new Mail.Subscribe(watch, answer));
      if (refusal != null) {
        return new End.Unavailable(refusal.message(), refusal.owner());
      }
      return switch (answer.join()) {
        case Subscribed.After after -> telling.live(after.position());
        case Subscribed.NotLive _ -> telling.finished();
        case Subscribed.NotOurs notOurs -> new End.Unavailable(notOurs.message());
      };
    } catch (JournalUnavailable e) {
      return new End.Unavailable("the scheduler's database does not answer");
    } finally {
      watch.end();
    }
  }

  /** One watcher's way through a run. */
  private final class Telling {
    private final Watch watch;
    private final Sink sink;
    private long position;
    private boolean sawFinish;

    Telling(Watch watch, Sink sink, long position) {
      this.watch = watch;
      this.sink = sink;
      this.position = position;
    }

    End live(long durable) throws InterruptedException {
      while (position < durable) {
        List<RunEvent> page = journal.events(watch.run(), position, PAGE);
        if (page.isEmpty() || !send(page, durable)) {
          return over();
        }
      }
      while (!sawFinish) {
        List<RunEvent> events = watch.take();
        if (events.isEmpty() || !send(events, Long.MAX_VALUE)) {
          return over();
        }
      }
      return new End.Finished();
    }

    End finished() throws InterruptedException {
      if (journal.findRun(watch.run()) == null) {
        return new End.NoSuchRun(watch.run());
      }
      List<RunEvent> page;
      do {
        page = journal.events(watch.run(), position, PAGE);
        if (!send(page, Long.MAX_VALUE)) {
          return over();
        }
      } while (page.size() == PAGE);
      return new End.Finished();
    }

    private boolean send(List<RunEvent> events, long upTo) throws InterruptedException {
      for (RunEvent event : events) {
        if (event.position() <= position || event.position() > upTo) {
          continue;
        }
        if (!watch.awaitRoom(sink::isReady)) {
          return false;
        }
        sink.send(event);
        position = event.position();
        sawFinish |= event.change() instanceof RunEvent.RunFinished;
      }
      return true;
    }

    private End over() {
      return switch (watch.state()) {
        case TOO_SLOW -> {
          meters.watcherDropped();
          yield new End.TooSlow(position);
        }
        case LIVE, ENDED -> new End.Unavailable("the scheduler has lost the run's shard");
      };
    }
  }
}
