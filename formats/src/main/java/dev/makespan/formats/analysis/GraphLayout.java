package dev.makespan.formats.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Places for the nodes of a graph, and for its edges where they pass the columns between their
 * ends: a column for each level, in it all by the mean place of their neighbours, a few sweeps
 * forth and back (Sugiyama, Tagawa, Toda 1981), and then as near to those neighbours as the order
 * and their heights let (isotonic regression, pool adjacent violators).
 */
final class GraphLayout {

  /** Places that edges get in columns that they pass; edges past that go straight. */
  static final int MAX_BENDS = 3_000;

  private static final int SWEEPS = 8;
  private static final int SETTLINGS = 24;

  /** Nodes as they are numbered, then bends. */
  private final List<List<Integer>> columns;

  private final List<Integer> column = new ArrayList<>();
  private final List<List<Integer>> neighbours = new ArrayList<>();

  /** Of each edge, from the left to the right. */
  private final List<List<Integer>> bends = new ArrayList<>();

  private final int nodes;
  private final double nodeHeight;
  private final double bendHeight;
  private final int[] row;
  private final double[] centre;

  private GraphLayout(GraphView view, double nodeHeight, double bendHeight) {
    this.nodes = view.nodes().size();
    this.nodeHeight = nodeHeight;
    this.bendHeight = bendHeight;
    TreeMap<Integer, List<Integer>> byLevel = new TreeMap<>();
    for (int i = 0; i < nodes; i++) {
      byLevel.computeIfAbsent(view.nodes().get(i).level(), l -> new ArrayList<>()).add(i);
      column.add(0);
      neighbours.add(new ArrayList<>());
    }
    columns = new ArrayList<>(byLevel.values());
    for (int c = 0; c < columns.size(); c++) {
      for (int i : columns.get(c)) {
        column.set(i, c);
      }
    }
    view.edges().forEach(this::bend);
    row = new int[column.size()];
    centre = new double[column.size()];
    columns.forEach(this::number);
  }

  /** The heights are those that a node and a passing edge take, with the gap to the next. */
  static GraphLayout of(GraphView view, double nodeHeight, double bendHeight) {
    GraphLayout layout = new GraphLayout(view, nodeHeight, bendHeight);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      layout.sweep(sweep).forEach(layout::sort);
    }
    layout.columns.forEach(layout::stack);
    for (int settling = 0; settling < SETTLINGS; settling++) {
      layout.sweep(settling).forEach(layout::settle);
    }
    layout.moveToTop();
    return layout;
  }

  int columns() {
    return columns.size();
  }

  /** Of a node or a bend. */
  int column(int item) {
    return column.get(item);
  }

  /** Of a node or a bend, from the upper edge of all. */
  double centre(int item) {
    return centre[item];
  }

  /** Where the edge with this number passes columns, from the left to the right. */
  List<Integer> bends(int edge) {
    return bends.get(edge);
  }

  double height() {
    double height = 0;
    for (int i = 0; i < centre.length; i++) {
      height = Math.max(height, centre[i] + heightOf(i) / 2);
    }
    return height;
  }

  private void bend(GraphView.Edge edge) {
    boolean forward = column.get(edge.from()) <= column.get(edge.to());
    int left = forward ? edge.from() : edge.to();
    int right = forward ? edge.to() : edge.from();
    List<Integer> places = new ArrayList<>();
    int passed = column.get(right) - column.get(left) - 1;
    boolean room = column.size() - nodes + passed <= MAX_BENDS;
    int last = left;
    for (int c = column.get(left) + 1; room && c < column.get(right); c++) {
      int place = column.size();
      column.add(c);
      columns.get(c).add(place);
      neighbours.add(new ArrayList<>());
      connect(last, place);
      places.add(place);
      last = place;
    }
    connect(last, right);
    bends.add(places);
  }

  private void connect(int one, int other) {
    neighbours.get(one).add(other);
    neighbours.get(other).add(one);
  }

  private List<List<Integer>> sweep(int number) {
    return number % 2 == 0 ? columns : columns.reversed();
  }

  private void sort(List<Integer> items) {
    double[] wanted = new double[row.length];
    items.forEach(item -> wanted[item] = meanRow(item));
    items.sort(Comparator.comparingDouble(item -> wanted[item]));
    number(items);
  }

  /** As a share of the column's height, since columns stand centred beside each other. */
  private double meanRow(int item) {
    return neighbours.get(item).stream()
        .filter(other -> !column.get(other).equals(column.get(item)))
        .mapToDouble(this::share)
        .average()
        .orElse(share(item));
  }

  private double share(int item) {
    return (row[item] + 0.5) / columns.get(column.get(item)).size();
  }

  private void number(List<Integer> items) {
    for (int i = 0; i < items.size(); i++) {
      row[items.get(i)] = i;
    }
  }

  /** One below the other, the middle of the column at zero. */
  private void stack(List<Integer> items) {
    double[] offsets = offsets(items);
    for (int i = 0; i < items.size(); i++) {
      centre[items.get(i)] = offsets[i] - offsets[items.size() - 1] / 2;
    }
  }

  /** The least squares to where the neighbours stand, the order and the heights kept. */
  private void settle(List<Integer> items) {
    double[] offsets = offsets(items);
    double[] level = new double[items.size()];
    int[] size = new int[items.size()];
    int blocks = 0;
    for (int i = 0; i < items.size(); i++) {
      level[blocks] = wanted(items.get(i)) - offsets[i];
      size[blocks] = 1;
      blocks++;
      while (blocks > 1 && level[blocks - 2] > level[blocks - 1]) {
        blocks--;
        int together = size[blocks - 1] + size[blocks];
        level[blocks - 1] =
            (level[blocks - 1] * size[blocks - 1] + level[blocks] * size[blocks]) / together;
        size[blocks - 1] = together;
      }
    }
    int placed = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < size[block]; i++, placed++) {
        centre[items.get(placed)] = level[block] + offsets[placed];
      }
    }
  }

  private double wanted(int item) {
    return neighbours.get(item).stream()
        .filter(other -> !column.get(other).equals(column.get(item)))
        .mapToDouble(other -> centre[other])
        .average()
        .orElse(centre[item]);
  }

  /** How far below the first of a column each has to stand at least. */
  private double[] offsets(List<Integer> items) {
    double[] offsets = new double[items.size()];
    for (int i = 1; i < offsets.length; i++) {
      double apart = (heightOf(items.get(i - 1)) + heightOf(items.get(i))) / 2;
      offsets[i] = offsets[i - 1] + apart;
    }
    return offsets;
  }

  private double heightOf(int item) {
    return item < nodes ? nodeHeight : bendHeight;
  }

  private void moveToTop() {
    double top = 0;
    for (int i = 0; i < centre.length; i++) {
      double edge = centre[i] - heightOf(i) / 2;
      top = i == 0 ? edge : Math.min(top, edge);
    }
    for (int i = 0; i < centre.length; i++) {
      centre[i] -= top;
    }
  }
}
