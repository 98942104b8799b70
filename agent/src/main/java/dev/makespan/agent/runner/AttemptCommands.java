package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of one attempt, one after the other, until it is told to stop: then none goes
 * on, and none begins.
 */
final class AttemptCommands {

  /** What is kept of the beginning and of the end of what a command says. */
  static final int HEAD_BYTES = 65_536;

  static final int TAIL_BYTES = 131_072;

  private static final long LOOK_MILLIS = 200;

  private final Path folder;
  private final Map<String, String> env;
  private final String marker;
  private final Collection<String> secrets;
  private final Runner.Output log;
  private @Nullable CommandProcess current;
  private boolean stopped;
  private String how = "";

  /**
   * Commands in {@code folder}.
   *
   * @param log hears what they say, without {@code secrets}
   */
  AttemptCommands(
      Path folder,
      Map<String, String> env,
      String marker,
      Collection<String> secrets,
      Runner.Output log) {
    this.folder = folder;
    this.env = env;
    this.marker = marker;
    this.secrets = secrets;
    this.log = log;
  }

  /** What is looked at while a command runs. */
  interface Meanwhile {
    void look() throws InterruptedException;
  }

  /**
   * Runs {@code argv} to its end. Nothing of it is left afterwards.
   *
   * @throws InterruptedException it was told to stop
   */
  GateTrials.Ended run(List<String> argv, File input, Meanwhile meanwhile)
      throws IOException, InterruptedException {
    CappedOutput output = new CappedOutput(HEAD_BYTES, TAIL_BYTES);
    CommandProcess process =
        begin(argv, input, new Masking(secrets, (bytes, length) -> said(output, bytes, length)));
    try {
      while (!process.endsWithin(LOOK_MILLIS)) {
        meanwhile.look();
      }
    } finally {
      process.kill();
      end();
    }
    process.finishReading();
    requireNotStopped();
    return new GateTrials.Ended(process.exitCode(), output);
  }

  private void said(CappedOutput output, byte[] bytes, int length) {
    output.take(bytes, length);
    log.take(bytes, length);
  }

  private synchronized CommandProcess begin(List<String> argv, File input, Masking output)
      throws IOException, InterruptedException {
    requireNotStopped();
    CommandProcess begun = CommandProcess.start(argv, folder, env, input, marker, output);
    current = begun;
    return begun;
  }

  private synchronized void end() {
    current = null;
  }

  private synchronized void requireNotStopped() throws InterruptedException {
    if (stopped) {
      throw new InterruptedException("asked to stop");
    }
  }

  /** How what ran was stopped; empty: nothing ran, or nothing was stopped. */
  synchronized String how() {
    return how;
  }

  /**
   * Stops what runs: asks, and forces it after {@code grace}; answers at once.
   *
   * @return whether something ran
   */
  synchronized boolean stop(Duration grace) {
    stopped = true;
    CommandProcess running = current;
    if (running == null) {
      return false;
    }
    if (grace.isZero()) {
      force(running);
    } else {
      how = "TERM";
      running.term();
      Thread.ofPlatform().daemon().name("grace").start(() -> waitAndForce(running, grace));
    }
    return true;
  }

  private synchronized void force(CommandProcess running) {
    if (running.isAlive()) {
      how = "KILL";
    }
    running.kill();
  }

  private void waitAndForce(CommandProcess running, Duration grace) {
    try {
      if (!running.endsWithin(grace.toMillis())) {
        force(running);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
