package dev.makespan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is known of an instance: {@code instance,critical_path,best_lower_bound,best_known,…}. */
record BestKnown(String instance, long criticalPath, long makespan) {

  static List<BestKnown> read(Path csv) throws IOException {
    List<BestKnown> known = new ArrayList<>();
    List<String> lines = Files.readAllLines(csv);
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      List<String> cells = List.of(line.split(",", -1));
      if (cells.size() < 4) {
        throw new IOException(csv + ": expected at least 4 columns, was '" + line + "'");
      }
      known.add(
          new BestKnown(cells.get(0), Long.parseLong(cells.get(1)), Long.parseLong(cells.get(3))));
    }
    return known;
  }
}
