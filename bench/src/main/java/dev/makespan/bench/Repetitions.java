package dev.makespan.bench;

import picocli.CommandLine.Option;

/** How often something is done before and while it is measured. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Repetitions {

  private static final int MAX = 10_000;

  @Option(
      names = "--warmups",
      defaultValue = "2",
      paramLabel = "N",
      description = "Repetitions before those that are measured. Default: ${DEFAULT-VALUE}.")
  int warmups;

  @Option(
      names = "--repeat",
      defaultValue = "3",
      paramLabel = "N",
      description = "Repetitions that are measured. Default: ${DEFAULT-VALUE}.")
  int repeat;

  /** Refuses what cannot be done. */
  void check() {
    Settings.inRange("--warmups", warmups, 0, MAX);
    Settings.inRange("--repeat", repeat, 1, MAX);
  }

  Figure measure(String name, int must, int aim, Runnable work) {
    for (int i = 0; i < warmups; i++) {
      work.run();
    }
    double[] millis = new double[repeat];
    for (int i = 0; i < repeat; i++) {
      long began = System.nanoTime();
      work.run();
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    return Figure.of(name, millis, must, aim);
  }
}
