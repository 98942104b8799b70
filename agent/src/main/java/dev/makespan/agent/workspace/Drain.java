package dev.makespan.agent.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads all that a process says, keeps the beginning, and does not wait for what it left behind.
 */
final class Drain {

  private static final int CHUNK = 65_536;

  /** Such as an ssh that keeps its connection, and git's pipe with it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final int most;
  private final Thread thread;

  private Drain(InputStream from, int most) {
    this.most = most;
    this.thread = Thread.ofPlatform().daemon().name("git").unstarted(() -> read(from));
  }

  /** Begins to read; keeps at most so many bytes. */
  static Drain of(InputStream from, int most) {
    Drain drain = new Drain(from, most);
    drain.thread.start();
    return drain;
  }

  private void read(InputStream from) {
    byte[] chunk = new byte[CHUNK];
    try (from) {
      int length = from.read(chunk);
      while (length >= 0) {
        keep(chunk, length);
        length = from.read(chunk);
      }
    } catch (IOException e) {
      // Ended from outside; what was said until then is kept.
      return;
    }
  }

  private void keep(byte[] chunk, int length) {
    synchronized (kept) {
      kept.write(chunk, 0, Math.min(length, most - kept.size()));
    }
  }

  /** What was said; the process has ended. */
  String text() throws InterruptedException {
    thread.join(PATIENCE);
    synchronized (kept) {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
