package dev.makespan.agent.runner;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command with all that it starts: in a session and process group of its own where the system has
 * {@code setsid}, so that the whole group is asked to end and ended. What leaves the group is found
 * by {@link Leftovers}. Its output is always read, so that it never waits for a reader.
 */
final class CommandProcess {

  private static final int CHUNK = 65_536;
  private static final long READER_SECONDS = 5;
  private static final long KILL_SECONDS = 5;

  private static final boolean HAS_SETSID = isOnPath("setsid");

  private final Process process;
  private final Thread reader;
  private final String marker;

  private CommandProcess(Process process, Thread reader, String marker) {
    this.process = process;
    this.reader = reader;
    this.marker = marker;
  }

  /**
   * Starts {@code argv}.
   *
   * @param env all of it
   * @param input becomes its standard input
   * @param marker a line of {@code env} that no other attempt has
   * @throws IOException when it can't be started, of which a missing program is no case with setsid
   */
  static CommandProcess start(
      List<String> argv,
      Path folder,
      Map<String, String> env,
      File input,
      String marker,
      Masking output)
      throws IOException {
    List<String> whole = new ArrayList<>();
    if (HAS_SETSID) {
      // From util-linux 2.24 on; it becomes the command, so that its id is that of the group.
      whole.add("setsid");
      whole.add("--");
    }
    whole.addAll(argv);
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(input);
    builder.environment().clear();
    builder.environment().putAll(env);
    Process process = builder.start();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .name("output")
            .start(() -> read(process.getInputStream(), output));
    return new CommandProcess(process, reader, marker);
  }

  private static void read(InputStream from, Masking output) {
    byte[] chunk = new byte[CHUNK];
    try (from) {
      int length = from.read(chunk);
      while (length >= 0) {
        output.take(chunk, length);
        length = from.read(chunk);
      }
    } catch (IOException e) {
      // Closed, since whoever still had it open was not to be waited for.
    }
    output.finish();
  }

  /** Whether it has ended by itself within {@code millis}. */
  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** Asks all of the group to end. */
  void term() {
    signal("TERM");
    process.destroy();
  }

  /** Ends all of the group, and what has left it. */
  void kill() {
    List<ProcessHandle> descendants = descendants();
    signal("KILL");
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    Leftovers.kill(marker);
  }

  /** What it said is whole from here on, though somebody may have kept the pipe open. */
  void finishReading() throws InterruptedException {
    if (!reader.join(Duration.ofSeconds(READER_SECONDS))) {
      try {
        process.getInputStream().close();
      } catch (IOException e) {
        // Then it was closed before.
      }
      reader.join(Duration.ofSeconds(READER_SECONDS));
    }
  }

  /** Whether it is gone within a moment after {@link #kill}. */
  boolean isGone() throws InterruptedException {
    return process.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
  }

  private List<ProcessHandle> descendants() {
    try (Stream<ProcessHandle> all = process.descendants()) {
      return all.toList();
    }
  }

  /** Java can signal a process and no group; the shell's own kill is everywhere. */
  private void signal(String name) {
    if (!HAS_SETSID) {
      descendants()
          .forEach(one -> {
            if (name.equals("TERM")) {
              one.destroy();
            }
          });
      return;
    }
    try {
      Process kill =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  "kill -s \"$1\" -- \"-$2\" 2>/dev/null",
                  "sh",
                  name,
                  Long.toString(process.pid()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      // The process itself and its descendants are still ended one by one.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .filter(folder -> !folder.isEmpty())
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
