package dev.makespan.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** Holds what a command was given against what it can do. */
public final class Settings {

  private Settings() {}

  public static void inRange(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new BenchProblem("%s: expected %d to %d, was %d".formatted(option, least, most, value));
    }
  }

  public static void isFolder(String option, Path path) {
    if (!Files.isDirectory(path)) {
      throw new BenchProblem(
          "%s: expected a folder, was %s, %s"
              .formatted(option, path, Files.exists(path) ? "a file" : "which is not there"));
    }
  }

  static void isFile(String option, Path path) {
    if (!Files.isRegularFile(path)) {
      throw new BenchProblem(
          "%s: expected a file, was %s, %s"
              .formatted(option, path, Files.exists(path) ? "a folder" : "which is not there"));
    }
  }
}
