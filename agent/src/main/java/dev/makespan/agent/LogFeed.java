package dev.makespan.agent;

import dev.makespan.core.session.ReconnectBackoff;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the output of one attempt to the gateway while it is made, over any number of streams.
 * What is not acknowledged is kept and said again. When the buffer is full the command waits, and
 * when the gateway takes nothing for a while what does not fit is dropped and counted, so that work
 * goes on without a gateway. Any thread.
 */
final class LogFeed implements Runner.Output {

  /** As much as the gateway takes in one. */
  static final int PIECE_BYTES = 65_536;

  /** What waits for its acknowledgement at most. */
  static final int BUFFER_BYTES = 4 << 20;

  /** A command waits at most so long for a gateway that takes nothing. */
  static final Duration STALL = Duration.ofSeconds(5);

  private static final long MILLIS_PER_LOOK = 100;

  /**
   * Output in one piece.
   *
   * @param bytes not to be changed
   */
  record Piece(long sequence, long offset, ByteBuffer bytes, boolean last) {}

  private final SessionId session;
  private final TaskRef task;
  private final Supplier<Bulk> bulk;
  private final InstantSource time;
  private final DoubleSupplier chance;
  private final BiConsumer<Runnable, Duration> later;

  private final Deque<Piece> unsent = new ArrayDeque<>();
  private final Deque<Piece> unacknowledged = new ArrayDeque<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private Bulk.@Nullable LogOut out;
  private Instant movedAt;
  private long sequence;
  private long offset;
  private int buffered;
  private int connection;
  private int failures;
  private boolean begun;
  private boolean positionKnown;
  private boolean last;
  private boolean over;

  /**
   * A feed that has said nothing yet.
   *
   * @param later runs a task after a while
   */
  LogFeed(
      SessionId session,
      TaskRef task,
      Supplier<Bulk> bulk,
      InstantSource time,
      DoubleSupplier chance,
      BiConsumer<Runnable, Duration> later) {
    this.session = session;
    this.task = task;
    this.bulk = bulk;
    this.time = time;
    this.chance = chance;
    this.later = later;
    this.movedAt = time.instant();
  }

  @Override
  public synchronized void take(byte[] bytes, int length) {
    int at = 0;
    while (at < length && !over && !last) {
      if (!awaitRoom()) {
        drop(length - at);
        return;
      }
      int taken = Math.min(length - at, PIECE_BYTES - open.size());
      open.write(bytes, at, taken);
      at += taken;
      buffered += taken;
      if (open.size() == PIECE_BYTES) {
        seal(false);
      }
      pump();
    }
  }

  /** Whether there is room; waits for it while the gateway takes something now and then. */
  private boolean awaitRoom() {
    begin();
    try {
      while (buffered >= BUFFER_BYTES && !over && !isStalled()) {
        wait(MILLIS_PER_LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return buffered < BUFFER_BYTES;
  }

  private boolean isStalled() {
    return !time.instant().isBefore(movedAt.plus(STALL));
  }

  /** Readers see it as a jump of the offset. */
  private void drop(int bytes) {
    if (open.size() > 0) {
      seal(false);
    }
    offset += bytes;
  }

  private void seal(boolean asLast) {
    sequence++;
    byte[] bytes = open.toByteArray();
    open.reset();
    unsent.add(new Piece(sequence, offset, ByteBuffer.wrap(bytes), asLast));
    offset += bytes.length;
  }

  private void begin() {
    if (!begun) {
      begun = true;
      movedAt = time.instant();
      connect();
    }
  }

  private void connect() {
    if (over) {
      return;
    }
    connection++;
    positionKnown = false;
    Piece oldest = unsent.peekFirst();
    out =
        bulk.get()
            .writeLog(
                session,
                task,
                oldest == null ? sequence + 1 : oldest.sequence(),
                new FromGateway(connection));
  }

  /**
   * While something is on its way, what comes is gathered; so small writes become few messages and
   * none waits for a timer.
   */
  private void pump() {
    Bulk.LogOut to = out;
    while (to != null && positionKnown && to.isReady()) {
      if (unsent.isEmpty() && open.size() > 0 && unacknowledged.isEmpty()) {
        seal(false);
      }
      Piece next = unsent.poll();
      if (next == null) {
        return;
      }
      unacknowledged.add(next);
      to.say(next);
    }
  }

  private void kept(long position) {
    positionKnown = true;
    failures = 0;
    movedAt = time.instant();
    forget(unacknowledged, position);
    forget(unsent, position);
    pump();
    if (isEmpty() && last) {
      finished();
    }
    notifyAll();
  }

  private void forget(Deque<Piece> pieces, long position) {
    Piece first = pieces.peekFirst();
    while (first != null && first.sequence() <= position) {
      buffered -= first.bytes().remaining();
      pieces.removeFirst();
      first = pieces.peekFirst();
    }
  }

  private boolean isEmpty() {
    return unsent.isEmpty() && unacknowledged.isEmpty() && open.size() == 0;
  }

  private void finished() {
    if (!over) {
      over = true;
      if (out != null) {
        out.complete();
      }
    }
  }

  private void lost(boolean forGood) {
    out = null;
    positionKnown = false;
    while (!unacknowledged.isEmpty()) {
      unsent.addFirst(unacknowledged.removeLast());
    }
    if (forGood) {
      giveUp();
    } else if (!over) {
      failures++;
      later.accept(this::connectAgain, ReconnectBackoff.pause(failures, chance.getAsDouble()));
    }
  }

  private synchronized void connectAgain() {
    connect();
  }

  /** Output goes nowhere from here on. */
  private void giveUp() {
    over = true;
    unsent.clear();
    unacknowledged.clear();
    open.reset();
    buffered = 0;
    notifyAll();
  }

  /** Says that nothing follows, and waits until all is kept, at most {@code patience}. */
  @Override
  public synchronized void finish(Duration patience) throws InterruptedException {
    if (!last && !over) {
      begin();
      last = true;
      seal(true);
      pump();
    }
    Instant until = time.instant().plus(patience);
    while (!over && time.instant().isBefore(until)) {
      wait(MILLIS_PER_LOOK);
    }
    if (!over) {
      giveUp();
      if (out != null) {
        out.complete();
      }
    }
  }

  /** Of one stream; those of an older one are late. */
  private final class FromGateway implements Bulk.LogListener {
    private final int number;

    FromGateway(int number) {
      this.number = number;
    }

    @Override
    public void kept(long position) {
      synchronized (LogFeed.this) {
        if (number == connection) {
          LogFeed.this.kept(position);
        }
      }
    }

    @Override
    public void ready() {
      synchronized (LogFeed.this) {
        pump();
      }
    }

    @Override
    public void ended(String reason, boolean forGood) {
      synchronized (LogFeed.this) {
        if (number == connection) {
          lost(forGood);
        }
      }
    }
  }
}
