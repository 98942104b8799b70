package dev.makespan.gateway.records;

import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One stream that writes a log. What has come is written in one go on a writer's thread, and as
 * many chunks as were written may then come: {@link #window} of them are in memory and no more. Any
 * thread.
 */
public final class LogInflow {

  /** The other end. Told one thing at a time. */
  public interface Source {

    /**
     * All up to {@code position} is durable; {@code more} chunks may come beside those that may.
     */
    void kept(long position, int more);

    /** The stream is over: nothing more is told. */
    void refused(RecordRefusal refusal);

    /** All that came is durable, and the other end has ended the stream. Nothing more is told. */
    void done(long position);
  }

  /** Opens the log; may block. */
  interface Opening {
    AttemptLog open() throws IOException;
  }

  private final SessionId session;
  private final TaskRef attempt;
  private final int window;
  private final Opening opening;
  private final Holdings holdings;
  private final Executor writers;
  private final Source source;
  private final Runnable onOver;

  private final Queue<LogChunk> waiting = new ArrayDeque<>();
  private @Nullable AttemptLog log;
  private boolean busy;
  private boolean ending;
  private boolean over;

  LogInflow(
      SessionId session,
      TaskRef attempt,
      int window,
      Opening opening,
      Holdings holdings,
      Executor writers,
      Source source,
      Runnable onOver) {
    this.session = session;
    this.attempt = attempt;
    this.window = window;
    this.opening = opening;
    this.holdings = holdings;
    this.writers = writers;
    this.source = source;
    this.onOver = onOver;
  }

  synchronized void begin() {
    schedule();
  }

  /** The next piece. One that nobody has asked for ends the stream. */
  public synchronized void chunk(LogChunk chunk) {
    if (over) {
      return;
    }
    if (waiting.size() >= window) {
      refuse(new RecordRefusal(RecordRefusal.Kind.TOO_MUCH, "chunks: expected to be asked first"));
      return;
    }
    waiting.add(chunk);
    schedule();
  }

  /** Nothing more comes. */
  public synchronized void ended() {
    ending = true;
    schedule();
  }

  /** The other end has gone, and what it said last is still written. */
  public synchronized void gone() {
    ending = true;
    schedule();
  }

  /** It makes no sense. */
  public synchronized void mumbled(String problem) {
    refuse(new RecordRefusal(RecordRefusal.Kind.MALFORMED, problem));
  }

  synchronized void replaced() {
    refuse(
        new RecordRefusal(
            RecordRefusal.Kind.REPLACED, "a newer stream writes the log of " + attempt));
  }

  private void schedule() {
    if (!busy && !over) {
      busy = true;
      writers.execute(this::work);
    }
  }

  /** One turn; others have theirs before the next one. */
  private void work() {
    List<LogChunk> next = takeWaiting();
    RecordRefusal refusal = null;
    try {
      if (!isOver()) {
        refusal = write(next);
      }
    } catch (IOException e) {
      refusal = new RecordRefusal(RecordRefusal.Kind.STORE_AWAY, "the log can't be kept: " + e);
    }
    worked(next.size(), refusal);
  }

  private synchronized List<LogChunk> takeWaiting() {
    List<LogChunk> next = new ArrayList<>(waiting);
    waiting.clear();
    return next;
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** The log is this thread's while {@link #busy}. */
  private @Nullable RecordRefusal write(List<LogChunk> next) throws IOException {
    RecordRefusal stranger = holdings.refusal(session, attempt);
    if (stranger != null) {
      return stranger;
    }
    AttemptLog to = log;
    if (to == null) {
      to = opening.open();
      log = to;
    }
    return to.append(next);
  }

  private synchronized void worked(int chunks, @Nullable RecordRefusal refusal) {
    busy = false;
    if (refusal != null) {
      refuse(refusal);
    }
    AttemptLog written = log;
    if (over || written == null) {
      close();
      return;
    }
    if (!waiting.isEmpty()) {
      source.kept(written.position(), chunks);
      schedule();
    } else if (ending) {
      over = true;
      close();
      source.done(written.position());
      onOver.run();
    } else {
      source.kept(written.position(), chunks);
    }
  }

  private void refuse(RecordRefusal refusal) {
    if (!over) {
      over = true;
      waiting.clear();
      if (!busy) {
        close();
      }
      source.refused(refusal);
      onOver.run();
    }
  }

  private void close() {
    AttemptLog written = log;
    log = null;
    if (written != null) {
      try {
        written.close();
      } catch (IOException e) {
        // What was said to be kept is on the disk by then.
        return;
      }
    }
  }
}
