package dev.makespan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of an instance: {@code instance,critical_path,best_lower_bound,best_known,…}.
 *
 * @param makespan the best known; the critical path in its place when the column is empty
 * @param isKnown whether the column is not empty
 */
record BestKnown(String instance, long criticalPath, long makespan, boolean isKnown) {

  private static final int COLUMNS = 4;

  /** Every row below the heading; there is at least one, and its instance is in the folder. */
  static List<BestKnown> read(Path csv, Path instances) throws IOException {
    List<BestKnown> known = new ArrayList<>();
    List<String> lines = Files.readAllLines(csv);
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        BestKnown row = row(lines.get(i), csv + ":" + (i + 1));
        requireInstance(row, instances, csv + ":" + (i + 1));
        known.add(row);
      }
    }
    if (known.isEmpty()) {
      throw new BenchProblem(csv + ": expected a heading and a row for each instance, was no row");
    }
    return known;
  }

  private static BestKnown row(String line, String place) {
    List<String> cells = List.of(line.split(",", -1));
    if (cells.size() < COLUMNS) {
      throw new BenchProblem(
          "%s: expected instance,critical_path,best_lower_bound,best_known, was '%s'"
              .formatted(place, line));
    }
    boolean isKnown = !cells.get(3).isBlank();
    long criticalPath = number(cells.get(1), place);
    long makespan = isKnown ? number(cells.get(3), place) : criticalPath;
    return new BestKnown(cells.get(0), criticalPath, makespan, isKnown);
  }

  private static long number(String cell, String place) {
    try {
      long number = Long.parseLong(cell.strip());
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Said below.
    }
    throw new BenchProblem(place + ": expected a whole number above 0, was '" + cell + "'");
  }

  private static void requireInstance(BestKnown row, Path instances, String place) {
    if (!Files.isRegularFile(row.in(instances))) {
      throw new BenchProblem(
          "%s: expected a file for the instance '%s', %s is not there"
              .formatted(place, row.instance(), row.in(instances)));
    }
  }

  /** The instance's file. */
  Path in(Path folder) {
    return folder.resolve(instance + ".sm");
  }

  /** Fails when a bound claims that what is known cannot be. */
  void requireBound(long bound) {
    if (isKnown && bound > makespan) {
      throw new IllegalStateException(
          "%s: expected a bound up to the best known %d, was %d"
              .formatted(instance, makespan, bound));
    }
  }
}
