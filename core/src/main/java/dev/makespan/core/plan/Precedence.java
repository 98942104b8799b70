package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who comes before whom: tasks as the numbers of their places, and behind them one node for each
 * phase that the later phases wait for. O(tasks + needs + phases); no recursion.
 */
final class Precedence {

  /** Of a need that waits for the whole task. */
  private static final long FINISH = -1;

  private final List<Task> tasks;
  private final List<Phase> phases;
  private final int nodes;
  private int[] from = {};
  private int[] to = {};
  private long[] lag = {};
  private int edges;

  /** Edges that come into node {@code n}: {@code into[first[n]] … into[first[n + 1] - 1]}. */
  private int[] first = {};

  private int[] into = {};

  /** All nodes but those on cycles and behind them. */
  private int[] order = {};

  /** How long each node takes; phases take no time. */
  private final long[] millis;

  private Precedence(List<Task> tasks, List<Phase> phases) {
    this.tasks = tasks;
    this.phases = phases;
    this.nodes = tasks.size() + phases.size();
    this.millis = new long[nodes];
    for (int i = 0; i < tasks.size(); i++) {
      millis[i] = tasks.get(i).duration().toMillis();
    }
  }

  static Precedence of(List<Task> tasks, List<Phase> phases) {
    Precedence precedence = new Precedence(tasks, phases);
    precedence.addNeeds();
    return precedence.ordered();
  }

  /** As above, of tasks that stand where they were declared. */
  static Precedence ofDeclared(List<Described> described, List<Task> tasks, List<Phase> phases) {
    Precedence precedence = new Precedence(tasks, phases);
    precedence.grow(described.stream().mapToInt(task -> task.providers().length).sum());
    for (int i = 0; i < tasks.size(); i++) {
      precedence.addNeeds(i, described.get(i));
    }
    return precedence.ordered();
  }

  private void addNeeds(int task, Described described) {
    int[] providers = described.providers();
    for (int k = 0; k < providers.length; k++) {
      if (described.needsParts()) {
        addNeed(providers[k], task, described.task().needs().get(k));
      } else {
        add(providers[k], task, FINISH);
      }
    }
  }

  private Precedence ordered() {
    addPhases();
    index();
    order = order(new boolean[nodes]);
    return this;
  }

  private void addNeeds() {
    TaskIndex places = TaskIndex.of(tasks);
    for (int i = 0; i < tasks.size(); i++) {
      for (Need need : tasks.get(i).needs()) {
        int place = places.find(need.task());
        if (place != TaskIndex.NONE) {
          addNeed(place, i, need);
        }
      }
    }
  }

  private void addNeed(int place, int task, Need need) {
    add(place, task, need.milestone() == null ? FINISH : offset(tasks.get(place), need));
  }

  private static long offset(Task task, Need need) {
    return task.milestones().stream()
        .filter(milestone -> milestone.id().equals(need.milestone()))
        .mapToLong(milestone -> milestone.after().toMillis())
        .findFirst()
        .orElse(FINISH);
  }

  /** A barrier, and a checkpoint too, stands between its phase and all later ones. */
  private void addPhases() {
    Map<PhaseId, Integer> order = new LinkedHashMap<>();
    int[] gateBefore = new int[phases.size()];
    int gate = -1;
    for (int p = 0; p < phases.size(); p++) {
      Phase phase = phases.get(p);
      order.putIfAbsent(phase.id(), p);
      gateBefore[p] = gate;
      if (phase.barrier() || !phase.checkpoint().isEmpty()) {
        if (gate >= 0) {
          add(gate, tasks.size() + p, FINISH);
        }
        gate = tasks.size() + p;
      }
    }
    for (int i = 0; i < tasks.size(); i++) {
      PhaseId id = tasks.get(i).placement().phase();
      Integer p = id == null ? null : order.get(id);
      if (p != null) {
        addTask(i, p, gateBefore[p]);
      }
    }
  }

  private void addTask(int task, int p, int gateBefore) {
    if (gateBefore >= 0) {
      add(gateBefore, task, FINISH);
    }
    if (phases.get(p).barrier() || !phases.get(p).checkpoint().isEmpty()) {
      add(task, tasks.size() + p, FINISH);
    }
  }

  private void add(int before, int after, long millis) {
    if (edges == lag.length) {
      grow(Math.max(16, edges * 2));
    }
    lag[edges] = millis;
    from[edges] = before;
    to[edges++] = after;
  }

  private void grow(int size) {
    lag = Arrays.copyOf(lag, size);
    from = Arrays.copyOf(from, size);
    to = Arrays.copyOf(to, size);
  }

  private void index() {
    first = new int[nodes + 1];
    into = new int[edges];
    for (int e = 0; e < edges; e++) {
      first[to[e] + 1]++;
    }
    for (int n = 0; n < nodes; n++) {
      first[n + 1] += first[n];
    }
    int[] next = Arrays.copyOf(first, nodes);
    for (int e = 0; e < edges; e++) {
      into[next[to[e]]++] = e;
    }
  }

  /**
   * Nodes in an order in which each comes after what it waits for; those on cycles are left out.
   */
  private int[] order(boolean[] taken) {
    int[][] out = outgoing();
    int[] open = new int[nodes];
    IntList order = new IntList();
    for (int n = 0; n < nodes; n++) {
      for (int i = first[n]; i < first[n + 1]; i++) {
        open[n] += taken[from[into[i]]] ? 0 : 1;
      }
      if (open[n] == 0 && !taken[n]) {
        order.add(n);
      }
    }
    for (int i = 0; i < order.size(); i++) {
      int n = order.get(i);
      taken[n] = true;
      for (int j = out[0][n]; j < out[0][n + 1]; j++) {
        int after = out[1][j];
        if (--open[after] == 0 && !taken[after]) {
          order.add(after);
        }
      }
    }
    return order.toArray();
  }

  private int[][] outgoing() {
    int[] start = new int[nodes + 1];
    int[] ends = new int[edges];
    for (int e = 0; e < edges; e++) {
      start[from[e] + 1]++;
    }
    for (int n = 0; n < nodes; n++) {
      start[n + 1] += start[n];
    }
    int[] next = Arrays.copyOf(start, nodes);
    for (int e = 0; e < edges; e++) {
      ends[next[from[e]]++] = to[e];
    }
    return new int[][] {start, ends};
  }

  /**
   * Cycles that share no task, each as task places in the order of needs: every one needs the next,
   * the last the first. A negative place is a phase: {@code -1 - phase}.
   */
  List<int[]> cycles() {
    List<int[]> cycles = new ArrayList<>();
    boolean[] taken = new boolean[nodes];
    for (int n : order) {
      taken[n] = true;
    }
    int ordered = order.length;
    while (ordered < nodes && cycles.size() < PlanLimits.MAX_CYCLES) {
      int[] cycle = cycle(taken);
      cycles.add(rotated(cycle));
      ordered += cycle.length;
      for (int n : cycle) {
        taken[n] = true;
      }
      ordered += order(taken).length;
    }
    return cycles;
  }

  /** Walks back from need to need among what is left until a node comes again. */
  private int[] cycle(boolean[] taken) {
    int n = 0;
    while (taken[n]) {
      n++;
    }
    int[] step = new int[nodes];
    IntList path = new IntList();
    while (step[n] == 0) {
      path.add(n);
      step[n] = path.size();
      n = waitedFor(n, taken);
    }
    return Arrays.copyOfRange(path.toArray(), step[n] - 1, path.size());
  }

  private int waitedFor(int n, boolean[] taken) {
    for (int i = first[n]; i < first[n + 1]; i++) {
      if (!taken[from[into[i]]]) {
        return from[into[i]];
      }
    }
    throw new IllegalStateException("a node on no cycle was left over: " + n);
  }

  /** Begins with the task that stands first in the file. */
  private int[] rotated(int[] cycle) {
    int least = 0;
    for (int i = 1; i < cycle.length; i++) {
      least = cycle[i] < cycle[least] ? i : least;
    }
    int[] rotated = new int[cycle.length];
    for (int i = 0; i < cycle.length; i++) {
      int n = cycle[(least + i) % cycle.length];
      rotated[i] = n < tasks.size() ? n : -1 - (n - tasks.size());
    }
    return rotated;
  }

  /** All tasks together, in milliseconds. */
  long workMillis() {
    return Arrays.stream(millis).sum();
  }

  /** The longest chain in milliseconds; the graph must have no cycle. */
  long criticalPathMillis() {
    long[] start = new long[nodes];
    long longest = 0;
    for (int n : order) {
      for (int i = first[n]; i < first[n + 1]; i++) {
        int edge = into[i];
        int before = from[edge];
        long offset = lag[edge] == FINISH ? millis[before] : lag[edge];
        start[n] = Math.max(start[n], Math.addExact(start[before], offset));
      }
      longest = Math.max(longest, Math.addExact(start[n], millis[n]));
    }
    return longest;
  }
}
