package dev.makespan.cli.suite;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Children that a killed launcher left behind. Its database looks after itself. */
final class Remnants {

  private static final long STOP_SECONDS = 10;

  private Remnants() {}

  /** Stops them, and answers how many there were. The caller holds the suite's lock. */
  static int stop(SuiteState state) throws InterruptedException {
    List<ProcessHandle> alive =
        state.processes().entrySet().stream()
            .filter(entry -> !entry.getKey().equals(SuiteState.LAUNCHER))
            .flatMap(entry -> entry.getValue().find().stream())
            .toList();
    alive.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : alive) {
      try {
        process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        process.destroyForcibly();
      }
    }
    return alive.size();
  }
}
