package dev.makespan.examples.upload;

import picocli.CommandLine.Option;

/** How many pictures of what kind. */
final class PicturesOptions {

  @Option(
      names = "--uploads",
      paramLabel = "N",
      defaultValue = "60",
      description = "Pictures in all (default: ${DEFAULT-VALUE}).")
  int uploads;

  @Option(
      names = "--broken",
      paramLabel = "N",
      defaultValue = "1",
      description = "So many of them lack their second half (default: ${DEFAULT-VALUE}).")
  int broken;

  @Option(
      names = "--misannounced",
      paramLabel = "N",
      defaultValue = "1",
      description = "So many of them are announced with another hash (default: ${DEFAULT-VALUE}).")
  int misannounced;

  @Option(
      names = "--side",
      paramLabel = "PIXELS",
      defaultValue = "1600",
      description = "Of the largest picture (default: ${DEFAULT-VALUE}).")
  int side;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed makes the same pictures (default: ${DEFAULT-VALUE}).")
  long seed;

  Pictures pictures() {
    return new Pictures(uploads, broken, misannounced, side, seed);
  }
}
