package dev.makespan.gateway.records;

import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps logs as segments, which are only ever appended to by the writer that began them. Any number
 * of processes may share a store.
 */
public interface SegmentStore {

  /**
   * A part of a log.
   *
   * @param name sorts by the first sequence in it
   */
  record Segment(String name, long bytes) {

    private static final int DIGITS = 20;
    private static final Pattern NAME = Pattern.compile("[0-9]{20}-[A-Za-z0-9]+\\.log");

    /** Of a segment that begins with a sequence; {@code writer}: letters and digits. */
    public static String name(long firstSequence, String writer) {
      return "%0".concat(DIGITS + "d-%s.log").formatted(firstSequence, writer);
    }

    /** Whether {@link #name} has made it. */
    public static boolean isName(String text) {
      return NAME.matcher(text).matches();
    }

    /** Who has begun it, and alone writes to it. */
    String writer() {
      return name.substring(DIGITS);
    }

    /** Sequence of its first chunk. */
    long firstSequence() {
      return Long.parseLong(name.substring(0, DIGITS));
    }
  }

  /** Appends to one log. Of one thread at a time. */
  interface Writer extends AutoCloseable {

    /**
     * Durable when it returns.
     *
     * @param firstSequence of {@code frames}
     * @return whether a segment was begun with it
     */
    boolean write(long firstSequence, byte[] frames) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Those of an attempt by name; empty: it has no log. */
  List<Segment> segments(TaskRef attempt) throws IOException;

  Writer writer(TaskRef attempt) throws IOException;

  /** {@link java.nio.file.NoSuchFileException}: it was deleted meanwhile. */
  InputStream read(TaskRef attempt, Segment segment) throws IOException;

  /** Nothing happens when it is gone. */
  void delete(TaskRef attempt, Segment segment) throws IOException;
}
