package dev.makespan.cli.suite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stops a suite from outside: its launcher when that lives, else what it has left. */
public final class Shutdown {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Shutdown() {}

  /** Answers what was done, in one line. */
  public static String of(Home home) throws SuiteProblem, InterruptedException {
    if (!Files.exists(home.lock())) {
      return "nothing was up";
    }
    Optional<FileChannel> lock = SuiteState.tryLock(home);
    if (lock.isEmpty()) {
      return stopLauncher(home);
    }
    try (FileChannel held = lock.get()) {
      int stopped = held.isOpen() ? stopRemnants(home) : 0;
      return stopped == 0
          ? "nothing was up"
          : "stopped what was left behind, processes: " + stopped;
    } catch (IOException e) {
      throw new SuiteProblem("can't let go of " + home.lock() + ": " + e.getMessage(), e);
    }
  }

  private static String stopLauncher(Home home) throws SuiteProblem, InterruptedException {
    Optional<ProcessHandle> launcher =
        SuiteState.load(home)
            .map(SuiteState::processes)
            .map(processes -> processes.get(SuiteState.LAUNCHER))
            .flatMap(SuiteState.Entry::find);
    if (launcher.isEmpty()) {
      throw new SuiteProblem("the suite is just starting or stopping; try again in a few seconds");
    }
    launcher.get().destroy();
    try {
      launcher.get().onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      return "stopped";
    } catch (ExecutionException | TimeoutException e) {
      throw new SuiteProblem(
          "the suite (process %d) does not stop after %d s"
              .formatted(launcher.get().pid(), LIMIT.toSeconds()),
          e);
    }
  }

  private static int stopRemnants(Home home)
      throws SuiteProblem, InterruptedException, IOException {
    Optional<SuiteState> state = SuiteState.load(home);
    int stopped = state.isPresent() ? Remnants.stop(state.get()) : 0;
    stopped += Database.stopLeftover(home) ? 1 : 0;
    Files.deleteIfExists(home.state());
    return stopped;
  }
}
