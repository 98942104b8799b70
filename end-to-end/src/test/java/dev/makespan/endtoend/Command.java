package dev.makespan.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The launcher as a child process, with what it has printed so far. */
final class Command implements AutoCloseable {

  static final Path PROJECT = Path.of("").toAbsolutePath().resolveSibling(".").normalize();
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private Command(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().start(this::read);
  }

  /** Starts {@code ./makespan} with {@code words}; standard error is among the lines. */
  static Command start(Map<String, String> environment, String... words) {
    List<String> command = new ArrayList<>();
    command.add(PROJECT.resolve("makespan").toString());
    command.addAll(List.of(words));
    return start(PROJECT, environment, command);
  }

  /** As {@link #start(Map, String...)}, with a database of the user's own among the variables. */
  static Command startKeeping(Map<String, String> environment, String... words) {
    List<String> command = new ArrayList<>(List.of("env"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(PROJECT.resolve("makespan").toString());
    command.addAll(List.of(words));
    return start(PROJECT, Map.of(), command);
  }

  static Command start(Path folder, Map<String, String> environment, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      // What runs here was packaged by the build that runs this test.
      builder.environment().put("MAKESPAN_BUILD", "never");
      builder.environment().remove("DATABASE_URL");
      return new Command(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  String text() {
    return String.join("\n", lines());
  }

  /** Waits for a line, and answers it. */
  synchronized String awaitLine(Predicate<String> wanted) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    int seen = 0;
    while (true) {
      for (; seen < lines.size(); seen++) {
        if (wanted.test(lines.get(seen))) {
          return lines.get(seen);
        }
      }
      if (System.nanoTime() > end || !reader.isAlive()) {
        throw new AssertionError("the line did not come; there was:\n" + String.join("\n", lines));
      }
      wait(Duration.ofSeconds(1).toMillis());
    }
  }

  /** Waits for the end, and answers the exit code. */
  int await() throws InterruptedException {
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("it does not end; there was:\n" + text());
    }
    reader.join();
    return process.exitValue();
  }

  /** Asks it to end, as a closed terminal would; the test's own failure is what matters then. */
  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("(its output ended: " + e.getMessage() + ")");
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }
}
