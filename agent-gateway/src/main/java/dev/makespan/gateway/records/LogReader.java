package dev.makespan.gateway.records;

import dev.makespan.core.task.TaskRef;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a log in order, each sequence once, whoever has written it. */
public final class LogReader {

  private static final int BUFFER_BYTES = 1 << 17;

  /** Takes chunks at its own pace. */
  public interface Taker {
    /** False: no more is wanted. */
    boolean take(KeptChunk chunk) throws InterruptedException;
  }

  private final SegmentStore store;

  public LogReader(SegmentStore store) {
    this.store = store;
  }

  /** All that is durable now after {@code sequence}. In memory there is one chunk. */
  public void read(TaskRef attempt, long sequence, Taker taker)
      throws IOException, InterruptedException {
    List<SegmentStore.Segment> segments = store.segments(attempt);
    long[] ends = ends(segments);
    long after = sequence;
    for (int i = 0; i < segments.size(); i++) {
      if (ends[i] <= after + 1) {
        continue;
      }
      after = segment(attempt, segments.get(i), after, taker);
      if (after < 0) {
        return;
      }
    }
  }

  /**
   * Where the next segment of the same writer begins: all of a segment stands before it. Nothing is
   * known of where one ends behind which only others have begun, since each writes at its own pace.
   */
  private static long[] ends(List<SegmentStore.Segment> segments) {
    long[] ends = new long[segments.size()];
    Map<String, Long> next = new HashMap<>();
    for (int i = segments.size() - 1; i >= 0; i--) {
      SegmentStore.Segment segment = segments.get(i);
      Long begins = next.put(segment.writer(), segment.firstSequence());
      ends[i] = begins == null ? Long.MAX_VALUE : begins;
    }
    return ends;
  }

  /** The last sequence that was taken; below 0: no more is wanted. */
  private long segment(TaskRef attempt, SegmentStore.Segment segment, long from, Taker taker)
      throws IOException, InterruptedException {
    long after = from;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(store.read(attempt, segment), BUFFER_BYTES))) {
      KeptChunk next = LogFrames.readAfter(in, after);
      while (next != null) {
        after = next.chunk().sequence();
        if (!taker.take(next)) {
          return -1;
        }
        next = LogFrames.readAfter(in, after);
      }
    } catch (NoSuchFileException dropped) {
      // It is part of the middle by now.
      return after;
    }
    return after;
  }
}
