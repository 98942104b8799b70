package dev.makespan.bench;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads single-mode projects in the PSPLIB {@code .sm} format (Kolisch and Sprecher 1996). */
final class PsplibFile {

  /** Most tasks of an instance. */
  private static final int MAX_TASKS = 100_000;

  private final Path file;
  private final List<String> lines;

  private PsplibFile(Path file) throws IOException {
    this.file = file;
    this.lines = Files.readAllLines(file);
  }

  static Project read(Path file) throws IOException {
    PsplibFile instance = new PsplibFile(file);
    try {
      return instance.project();
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException(file + ": expected a PSPLIB single-mode instance", e);
    }
  }

  private Project project() throws IOException {
    int tasks = numbers(lines.get(lineOf("jobs")).split(":", 2)[1])[0];
    if (tasks < 1 || tasks > MAX_TASKS) {
      throw new IOException(file + ": expected 1 to " + MAX_TASKS + " jobs, was " + tasks);
    }
    int[] capacities = numbers(lines.get(lineOf("RESOURCEAVAILABILITIES") + 2));
    long[] durations = new long[tasks];
    int[][] demands = new int[tasks][capacities.length];
    int first = lineOf("REQUESTS/DURATIONS") + 3;
    for (int v = 0; v < tasks; v++) {
      int[] row = numbers(lines.get(first + v));
      durations[v] = row[2];
      demands[v] = Arrays.copyOfRange(row, 3, 3 + capacities.length);
    }
    List<Resource> resources = new ArrayList<>();
    for (int capacity : capacities) {
      resources.add(new Resource(Resource.Kind.RESOURCE, "R" + (resources.size() + 1), capacity));
    }
    return Project.of(graph(durations), resources, demands);
  }

  private TaskGraph graph(long[] durations) throws IOException {
    List<int[]> edges = new ArrayList<>();
    int first = lineOf("PRECEDENCE RELATIONS") + 2;
    for (int v = 0; v < durations.length; v++) {
      int[] row = numbers(lines.get(first + v));
      for (int k = 3; k < 3 + row[2]; k++) {
        edges.add(new int[] {row[0] - 1, row[k] - 1});
      }
    }
    long[] lags = new long[edges.size()];
    Arrays.fill(lags, TaskGraph.FINISH_TO_START);
    return TaskGraph.of(
        durations,
        edges.stream().mapToInt(edge -> edge[0]).toArray(),
        edges.stream().mapToInt(edge -> edge[1]).toArray(),
        lags);
  }

  private int lineOf(String heading) throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(heading)) {
        return i;
      }
    }
    throw new IOException(file + ": expected a line '" + heading + "'");
  }

  private static int[] numbers(String line) {
    return Arrays.stream(line.strip().split("\\s+")).mapToInt(Integer::parseInt).toArray();
  }
}
