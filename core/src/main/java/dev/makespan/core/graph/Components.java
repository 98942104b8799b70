package dev.makespan.core.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Strongly connected components (Kosaraju and Sharir), without recursion. */
final class Components {

  private Components() {}

  /** Per node the number of its component; every edge leads to the same or a higher number. */
  static int[] of(List<List<Integer>> successors, List<List<Integer>> predecessors) {
    int[] component = new int[successors.size()];
    Arrays.fill(component, -1);
    int count = 0;
    for (int root : finished(successors).reversed()) {
      if (component[root] < 0) {
        mark(root, predecessors, component, count++);
      }
    }
    return component;
  }

  /** Nodes in the order in which a depth-first walk leaves them. */
  private static List<Integer> finished(List<List<Integer>> successors) {
    List<Integer> finished = new ArrayList<>();
    boolean[] seen = new boolean[successors.size()];
    int[] next = new int[successors.size()];
    int[] path = new int[successors.size() + 1];
    for (int root = 0; root < seen.length; root++) {
      int depth = 0;
      if (!seen[root]) {
        seen[root] = true;
        path[depth++] = root;
      }
      while (depth > 0) {
        int v = path[depth - 1];
        if (next[v] == successors.get(v).size()) {
          finished.add(v);
          depth--;
          continue;
        }
        int w = successors.get(v).get(next[v]++);
        if (!seen[w]) {
          seen[w] = true;
          path[depth++] = w;
        }
      }
    }
    return finished;
  }

  private static void mark(
      int root, List<List<Integer>> predecessors, int[] component, int number) {
    List<Integer> open = new ArrayList<>(List.of(root));
    component[root] = number;
    while (!open.isEmpty()) {
      for (int u : predecessors.get(open.removeLast())) {
        if (component[u] < 0) {
          component[u] = number;
          open.add(u);
        }
      }
    }
  }
}
