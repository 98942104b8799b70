package dev.makespan.gateway.records;

import dev.makespan.core.task.TaskRef;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of one attempt as one stream writes it: sequence without gaps, what is known already
 * ignored, the middle dropped when it grows too long. Two writers of one log do no harm, since each
 * has segments of its own and readers take each sequence once. Of one thread at a time.
 */
public final class AttemptLog implements AutoCloseable {

  private final SegmentStore store;
  private final TaskRef attempt;
  private final LogLimits limits;
  private final InstantSource time;
  private final SegmentStore.Writer writer;
  private long position;
  private boolean closed;
  private @Nullable String tailBegins;

  private AttemptLog(
      SegmentStore store,
      TaskRef attempt,
      LogLimits limits,
      InstantSource time,
      SegmentStore.Writer writer,
      long position,
      boolean closed) {
    this.store = store;
    this.attempt = attempt;
    this.limits = limits;
    this.time = time;
    this.writer = writer;
    this.position = position;
    this.closed = closed;
  }

  /**
   * Goes on where the log ends.
   *
   * @param oldest the oldest sequence that its writer still has; what lies between is lost
   */
  public static AttemptLog open(
      SegmentStore store, TaskRef attempt, long oldest, LogLimits limits, InstantSource time)
      throws IOException {
    KeptChunk end = findEnd(store, attempt);
    long position = end == null ? 0 : end.chunk().sequence();
    return new AttemptLog(
        store,
        attempt,
        limits,
        time,
        store.writer(attempt),
        Math.max(position, oldest - 1),
        end != null && end.chunk().last());
  }

  /** The newest segment may have no whole frame: then the end is in the one before. */
  private static @Nullable KeptChunk findEnd(SegmentStore store, TaskRef attempt)
      throws IOException {
    for (SegmentStore.Segment segment : store.segments(attempt).reversed()) {
      KeptChunk end = null;
      try (DataInputStream in = new DataInputStream(store.read(attempt, segment))) {
        KeptChunk next = LogFrames.read(in);
        while (next != null) {
          end = next;
          next = LogFrames.read(in);
        }
      } catch (NoSuchFileException dropped) {
        continue;
      }
      if (end != null) {
        return end;
      }
    }
    return null;
  }

  /** All chunks up to here are durable. */
  public long position() {
    return position;
  }

  /**
   * Durable when it returns.
   *
   * @return null: it was done; what came before a chunk that is refused was done, too
   */
  public @Nullable RecordRefusal append(List<LogChunk> chunks) throws IOException {
    List<LogChunk> next = new ArrayList<>();
    RecordRefusal refusal = null;
    long expected = position + 1;
    boolean over = closed;
    for (LogChunk chunk : chunks) {
      if (chunk.sequence() < expected) {
        continue;
      }
      refusal = over ? afterTheLast() : gap(expected, chunk.sequence());
      if (refusal != null) {
        break;
      }
      next.add(chunk);
      over = chunk.last();
      expected++;
    }
    write(next);
    return refusal;
  }

  private static RecordRefusal afterTheLast() {
    return new RecordRefusal(
        RecordRefusal.Kind.CLOSED, "expected nothing behind the log's last chunk, was another");
  }

  private static @Nullable RecordRefusal gap(long expected, long was) {
    return was == expected
        ? null
        : new RecordRefusal(
            RecordRefusal.Kind.GAP, "sequence: expected " + expected + ", was " + was);
  }

  private void write(List<LogChunk> next) throws IOException {
    if (next.isEmpty()) {
      return;
    }
    byte[] frames = LogFrames.toBytes(next, time.instant());
    boolean begun = writer.write(next.getFirst().sequence(), frames);
    position = next.getLast().sequence();
    closed = next.getLast().last();
    if (begun) {
      dropMiddle();
    }
  }

  /** What is not of the head is the tail, whose oldest segments go while it is too long. */
  private void dropMiddle() throws IOException {
    List<SegmentStore.Segment> all = store.segments(attempt);
    int head = head(all);
    List<SegmentStore.Segment> tail = all.subList(head, all.size());
    long inTail = tail.stream().mapToLong(SegmentStore.Segment::bytes).sum();
    for (int i = 0; i < tail.size() - 1; i++) {
      if (inTail <= limits.tailBytes() && all.size() - i <= LogLimits.MAX_SEGMENTS) {
        return;
      }
      store.delete(attempt, tail.get(i));
      inTail -= tail.get(i).bytes();
    }
  }

  /**
   * How many segments are the head. Once it is full nothing comes to it, also when a later one
   * would find room after those between them went.
   */
  private int head(List<SegmentStore.Segment> all) {
    int head = 0;
    long inHead = 0;
    while (head < all.size()
        && (tailBegins == null
            ? inHead + all.get(head).bytes() <= limits.headBytes()
            : all.get(head).name().compareTo(tailBegins) < 0)) {
      inHead += all.get(head).bytes();
      head++;
    }
    // The last one still grows.
    if (tailBegins == null && head < all.size() - 1) {
      tailBegins = all.get(head).name();
    }
    return head;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
