package dev.makespan.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The postmaster of a launcher that was killed. It is stopped, not adopted: whoever starts the
 * server shall be its parent and learn of its end.
 */
final class Leftover {

  private static final int STOP_SECONDS = 30;

  private Leftover() {}

  /**
   * Stops what {@code postmaster.pid} in {@code data} names and waits for its end; false: nothing
   * ran.
   */
  static boolean stop(Path data) throws StartFailure, InterruptedException {
    Optional<ProcessHandle> named = named(data);
    if (named.isEmpty()) {
      return false;
    }
    ProcessHandle postmaster = named.get();
    if (!isPostmaster(postmaster, data)) {
      forget(data);
      return false;
    }
    interrupt(postmaster.pid());
    try {
      postmaster.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      throw new StartFailure(
          "a PostgreSQL of an earlier start (process "
              + postmaster.pid()
              + ") does not stop; stop it and start again",
          e);
    }
  }

  /** SIGINT: PostgreSQL's fast shutdown, which ends sessions and writes a checkpoint. */
  static void interrupt(long pid) throws InterruptedException {
    try {
      new ProcessBuilder(List.of("kill", "-INT", Long.toString(pid)))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  private static Optional<ProcessHandle> named(Path data) throws StartFailure {
    Path file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String first = Files.readAllLines(file).stream().findFirst().orElse("").strip();
      return first.matches("[0-9]{1,18}")
          ? ProcessHandle.of(Long.parseLong(first)).filter(ProcessHandle::isAlive)
          : Optional.empty();
    } catch (IOException e) {
      throw new StartFailure("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The pid may long be another program's. */
  private static boolean isPostmaster(ProcessHandle process, Path data) {
    String command = commandLine(process);
    return command.contains("postgres") && command.contains(data.toString());
  }

  private static String commandLine(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      return Files.isReadable(proc)
          ? Files.readString(proc).replace('\0', ' ')
          : process.info().commandLine().orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static void forget(Path data) throws StartFailure {
    try {
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    } catch (IOException e) {
      throw new StartFailure("can't delete " + data.resolve("postmaster.pid"), e);
    }
  }
}
