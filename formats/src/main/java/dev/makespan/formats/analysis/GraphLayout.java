package dev.makespan.formats.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Places for the nodes of a graph: a column for each level, and in it the nodes by the mean place
 * of their neighbours (Sugiyama, Tagawa, Toda 1981), a few sweeps forth and back.
 */
final class GraphLayout {

  private static final int SWEEPS = 8;

  private final List<List<Integer>> columns;
  private final List<List<Integer>> neighbours = new ArrayList<>();
  private final int[] column;
  private final int[] row;

  private GraphLayout(GraphView view) {
    TreeMap<Integer, List<Integer>> byLevel = new TreeMap<>();
    for (int i = 0; i < view.nodes().size(); i++) {
      byLevel.computeIfAbsent(view.nodes().get(i).level(), l -> new ArrayList<>()).add(i);
      neighbours.add(new ArrayList<>());
    }
    columns = new ArrayList<>(byLevel.values());
    column = new int[view.nodes().size()];
    row = new int[view.nodes().size()];
    for (int c = 0; c < columns.size(); c++) {
      for (int i : columns.get(c)) {
        column[i] = c;
      }
      number(columns.get(c));
    }
    for (GraphView.Edge edge : view.edges()) {
      neighbours.get(edge.from()).add(edge.to());
      neighbours.get(edge.to()).add(edge.from());
    }
  }

  static GraphLayout of(GraphView view) {
    GraphLayout layout = new GraphLayout(view);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      List<List<Integer>> order = sweep % 2 == 0 ? layout.columns : layout.columns.reversed();
      order.forEach(layout::sort);
    }
    return layout;
  }

  int columns() {
    return columns.size();
  }

  int column(int node) {
    return column[node];
  }

  int row(int node) {
    return row[node];
  }

  /** How many nodes stand in the column of {@code node}. */
  int heightAt(int node) {
    return columns.get(column[node]).size();
  }

  int height() {
    return columns.stream().mapToInt(List::size).max().orElse(0);
  }

  private void sort(List<Integer> nodes) {
    double[] wanted = new double[row.length];
    nodes.forEach(node -> wanted[node] = meanOf(node));
    nodes.sort(Comparator.comparingDouble(node -> wanted[node]));
    number(nodes);
  }

  /** As a share of the column's height, since columns stand centred beside each other. */
  private double meanOf(int node) {
    return neighbours.get(node).stream()
        .filter(other -> column[other] != column[node])
        .mapToDouble(other -> (row[other] + 0.5) / heightAt(other))
        .average()
        .orElse((row[node] + 0.5) / heightAt(node));
  }

  private void number(List<Integer> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      row[nodes.get(i)] = i;
    }
  }
}
