package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.proof.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A project as start times, differences between them, choices of order and resources. */
final class StartTimeModel {

  private static final long APART = Long.MIN_VALUE / 4;

  private final Project project;
  private final TaskGraph graph;
  private final long unit;
  private final List<int[]> differences = new ArrayList<>();
  private int choices;

  private StartTimeModel(Project project, long unit) {
    this.project = project;
    this.graph = project.graph();
    this.unit = unit;
    addNeeds();
    addPairs();
  }

  /** The model of a project whose times are all multiples of {@code unit}. */
  static Model of(Project project, long unit) {
    return new StartTimeModel(project, unit).model();
  }

  /** Whether resources that do not go by pairs have few enough units. */
  static boolean hasRoom(Project project) {
    int[] lanes = Lanes.of(project);
    for (int r = 0; r < lanes.length; r++) {
      int capacity = project.resources().get(r).capacity();
      if (lanes[r] >= 0 && capacity > Model.MAX_UNITS && !isPaired(units(project, r), capacity)) {
        return false;
      }
    }
    return true;
  }

  private Model model() {
    int[] durations = new int[project.size()];
    Arrays.setAll(durations, v -> (int) (graph.duration(v) / unit));
    int[] lanes = Lanes.of(project);
    List<int[]> demands = new ArrayList<>();
    List<Integer> capacities = new ArrayList<>();
    for (int r = 0; r < lanes.length; r++) {
      int[] units = units(project, r);
      int capacity = project.resources().get(r).capacity();
      if (lanes[r] >= 0 && !isPaired(units, capacity)) {
        demands.add(units);
        capacities.add(capacity);
      }
    }
    return new Model(
        durations,
        choices,
        differences,
        capacities.stream().mapToInt(Integer::intValue).toArray(),
        demands.toArray(new int[0][]));
  }

  /**
   * Whether every set of tasks that is too much for the resource has a pair in it that is: then
   * order within the pairs is all there is to it. Of the sets without such a pair those weigh most
   * that hold, beside their largest task, all that fit with it.
   */
  static boolean isPaired(int[] units, int capacity) {
    int[] sorted = Arrays.stream(units).filter(used -> used > 0).sorted().toArray();
    for (int largest = 0; largest < sorted.length; largest++) {
      long sum = sorted[largest];
      for (int i = 0; i < largest && sorted[i] + (long) sorted[largest] <= capacity; i++) {
        sum += sorted[i];
      }
      if (sum > capacity) {
        return false;
      }
    }
    return true;
  }

  private static int[] units(Project project, int r) {
    int[] units = new int[project.size()];
    for (int v = 0; v < units.length; v++) {
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        if (project.demandResource(slot) == r) {
          units[v] += project.demandUnits(slot);
        }
      }
    }
    return units;
  }

  private void addNeeds() {
    int end = project.size();
    for (int v = 0; v < project.size(); v++) {
      boolean covered = false;
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        int w = graph.successor(slot);
        long lag = graph.successorLag(slot);
        add(v, w, lag);
        covered |= lag + graph.duration(w) >= graph.duration(v);
      }
      if (!covered) {
        add(v, end, graph.duration(v));
      }
    }
  }

  private void add(int from, int to, long lag) {
    differences.add(new int[] {from, to, (int) (lag / unit), Model.ALWAYS, 0});
  }

  private void addPairs() {
    long[][] apart = longest();
    int[] pairs = Incompatible.pairs(project);
    for (int i = 0; i < pairs.length; i += 2) {
      int a = pairs[i];
      int b = pairs[i + 1];
      if (apart[a][b] >= graph.duration(a) || apart[b][a] >= graph.duration(b)) {
        continue;
      }
      if (apart[a][b] > -graph.duration(b)) {
        add(a, b, graph.duration(a));
      } else if (apart[b][a] > -graph.duration(a)) {
        add(b, a, graph.duration(b));
      } else {
        choose(a, b);
      }
    }
  }

  private void choose(int a, int b) {
    int choice = project.size() + 1 + choices++;
    differences.add(new int[] {a, b, (int) (graph.duration(a) / unit), 2 * choice, 1});
    differences.add(new int[] {b, a, (int) (graph.duration(b) / unit), 2 * choice + 1, 0});
  }

  /** The longest lag from each task to each other. */
  private long[][] longest() {
    int n = project.size();
    long[][] apart = new long[n][n];
    for (int u = 0; u < n; u++) {
      Arrays.fill(apart[u], APART);
      apart[u][u] = 0;
      for (int i = 0; i < n; i++) {
        int v = graph.inOrder(i);
        for (int slot = graph.successorsBegin(v);
            apart[u][v] > APART && slot < graph.successorsEnd(v);
            slot++) {
          int w = graph.successor(slot);
          apart[u][w] = Math.max(apart[u][w], apart[u][v] + graph.successorLag(slot));
        }
      }
    }
    return apart;
  }
}
