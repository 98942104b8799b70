package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a picture of the needs shows: the tasks with the least slack where there are too many.
 *
 * @param nodes in the plan's order
 * @param edges between those nodes
 * @param tasksLeftOut more than the picture takes
 * @param edgesLeftOut between nodes of the picture
 */
record GraphView(List<Node> nodes, List<Edge> edges, int tasksLeftOut, int edgesLeftOut) {

  /** Nodes that a picture takes. */
  static final int MAX_NODES = 100;

  /** Edges that a picture takes; Mermaid draws no more than 500. */
  static final int MAX_EDGES = 400;

  /** A task; its level is the longest chain of tasks that leads to it. */
  record Node(Task task, int level, boolean critical) {}

  /** How one task waits for another. */
  enum Kind {
    NEED,
    MILESTONE,
    STUB
  }

  /** {@code from} and {@code to} are places among the nodes; the label may be empty. */
  record Edge(int from, int to, Kind kind, String label, boolean critical) {}

  static GraphView of(Plan plan) {
    TaskGraph graph = TaskGraph.of(plan);
    CriticalPath path = CriticalPath.of(graph);
    int[] levels = graph.levels();
    List<Integer> shown =
        IntStream.range(0, graph.tasks())
            .boxed()
            .sorted(Comparator.comparingLong(path::totalSlack))
            .limit(MAX_NODES)
            .sorted()
            .toList();
    Map<TaskId, Integer> places = new TreeMap<>();
    List<Node> nodes = new ArrayList<>();
    for (int v : shown) {
      places.put(plan.tasks().get(v).id(), nodes.size());
      nodes.add(new Node(plan.tasks().get(v), levels[v], path.isCritical(v)));
    }
    List<Edge> edges = new ArrayList<>();
    for (Node node : nodes) {
      addEdges(edges, nodes, places, node, path, shown);
    }
    edges.sort(Comparator.comparing(edge -> !edge.critical()));
    List<Edge> kept = List.copyOf(edges.subList(0, Math.min(MAX_EDGES, edges.size())));
    return new GraphView(
        List.copyOf(nodes), kept, graph.tasks() - nodes.size(), edges.size() - kept.size());
  }

  private static void addEdges(
      List<Edge> edges,
      List<Node> nodes,
      Map<TaskId, Integer> places,
      Node node,
      CriticalPath path,
      List<Integer> shown) {
    int to = places.getOrDefault(node.task().id(), -1);
    for (Need need : node.task().needs()) {
      Integer from = places.get(need.task());
      if (from != null) {
        long lag = lagOf(nodes.get(from).task(), need);
        boolean tight =
            path.earliestStart(shown.get(from)) + lag == path.earliestStart(shown.get(to));
        boolean critical = tight && node.critical() && nodes.get(from).critical();
        Kind kind = need.milestone() == null ? Kind.NEED : Kind.MILESTONE;
        String label = need.milestone() == null ? "" : need.milestone().value();
        edges.add(new Edge(from, to, kind, label, critical));
      }
    }
    for (Stub stub : node.task().stubs()) {
      Integer from = places.get(stub.task());
      if (from != null) {
        edges.add(new Edge(from, to, Kind.STUB, stub.via(), false));
      }
    }
  }

  private static long lagOf(Task provider, Need need) {
    return need.milestone() == null
        ? provider.duration().toMillis()
        : provider.milestone(need.milestone()).after().toMillis();
  }

  /** "100 of 2000 tasks, those with the least slack"; empty: all are there. */
  String leftOut() {
    String tasks =
        tasksLeftOut == 0
            ? ""
            : "%d of %d tasks, those with the least slack"
                .formatted(nodes.size(), nodes.size() + tasksLeftOut);
    String lines = edgesLeftOut == 0 ? "" : Figures.count(edgesLeftOut, "line") + " left out";
    return tasks + (tasks.isEmpty() || lines.isEmpty() ? "" : "; ") + lines;
  }
}
