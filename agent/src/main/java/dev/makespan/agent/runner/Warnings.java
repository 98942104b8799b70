package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Warnings for an attempt, from any thread, until its own thread hands them on. */
final class Warnings {

  /** More of one attempt are not kept: by then it knows. */
  static final int MAX = 100;

  private final Queue<String> fresh = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  void add(String text) {
    if (count.incrementAndGet() <= MAX) {
      fresh.add(text);
    }
  }

  /** Appends what is new to the file that the command may look at, and to its log. */
  void handOn(Path file, Runner.Output log) {
    for (String text = fresh.poll(); text != null; text = fresh.poll()) {
      String written = isWritten(file, text) ? "" : " (not in MAKESPAN_WARNINGS)";
      byte[] said =
          "makespan: warning: %s%s%n".formatted(text, written).getBytes(StandardCharsets.UTF_8);
      log.take(said, said.length);
    }
  }

  /** Not when the command has put something else there, or the disk is full. */
  private static boolean isWritten(Path file, String text) {
    try {
      Files.writeString(file, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
