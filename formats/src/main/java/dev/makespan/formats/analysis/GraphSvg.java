package dev.makespan.formats.analysis;

/** What needs what, from left to right, with the critical path. */
public final class GraphSvg {

  private static final double BOX = 180;
  private static final double HEIGHT = 44;
  private static final double ACROSS = 80;
  private static final double DOWN = 26;

  /** Between edges that pass a column side by side. */
  private static final double LANE = 16;

  private static final double MARGIN = 24;
  private static final double TOP = 76;
  private static final double MIN_WIDTH = 520;
  private static final int MAX_TITLE = 60;

  private final AnalyzedPlan analyzed;
  private final GraphView view;
  private final GraphLayout layout;
  private final Svg svg = new Svg();

  private GraphSvg(AnalyzedPlan analyzed) {
    this.analyzed = analyzed;
    this.view = GraphView.of(analyzed.plan());
    this.layout = GraphLayout.of(view, HEIGHT + DOWN, LANE);
  }

  public static String of(AnalyzedPlan analyzed) {
    return new GraphSvg(analyzed).draw();
  }

  private String draw() {
    String name = Figures.shown(analyzed.plan().name(), MAX_TITLE);
    String path = "Critical path: " + Figures.duration(analyzed.analysis().criticalPath());
    svg.text(MARGIN, 32, 18, "start", "", name);
    svg.text(
        MARGIN,
        54,
        13,
        "start",
        "muted",
        path + "; dashed: stubs" + (view.leftOut().isEmpty() ? "" : "; " + view.leftOut()));
    for (int i = view.edges().size() - 1; i >= 0; i--) {
      edge(i);
    }
    for (int i = 0; i < view.nodes().size(); i++) {
      node(i);
    }
    double width = 2 * MARGIN + layout.columns() * (BOX + ACROSS) - (loops() ? 0 : ACROSS);
    double height = TOP + layout.height() + MARGIN;
    return svg.document(Math.max(MIN_WIDTH, width), height, name + ", graph", path);
  }

  /** Whether something is drawn to the right of the last column. */
  private boolean loops() {
    return view.edges().stream()
        .anyMatch(edge ->
            layout.column(edge.from()) == layout.columns() - 1
                && layout.column(edge.to()) == layout.columns() - 1);
  }

  private void node(int i) {
    GraphView.Node node = view.nodes().get(i);
    String id = node.task().id().value();
    String duration = Figures.duration(node.task().duration());
    String title = Figures.shown(node.task().title(), MAX_TITLE);
    String tip = id + ": " + title + ", " + duration + (node.critical() ? ", critical" : "");
    svg.rect(node.critical() ? "hot" : "task", x(i), y(i), BOX, HEIGHT, tip);
    double room = BOX - 20 - duration.length() * 7;
    svg.text(x(i) + 8, y(i) + 18, 13, "start", "", Svg.fitted(id, room, 13));
    svg.text(x(i) + BOX - 8, y(i) + 18, 12, "end", "muted", duration);
    svg.text(x(i) + 8, y(i) + 35, 11, "start", "muted", Svg.fitted(title, BOX - 16, 11));
  }

  /** Past the boxes of the columns between its ends, from the left to the right. */
  private void edge(int number) {
    GraphView.Edge edge = view.edges().get(number);
    int from = layout.column(edge.from());
    int to = layout.column(edge.to());
    if (from == to) {
      besideTheColumn(edge);
      return;
    }
    boolean forward = from < to;
    double x = x(forward ? edge.from() : edge.to()) + BOX;
    double y = middle(forward ? edge.from() : edge.to());
    StringBuilder path = new StringBuilder(Svg.format("M%.1f %.1f", x, y));
    for (int bend : layout.bends(number)) {
      path.append(curve(x, y, x(bend), middle(bend))).append(Svg.format("h%.1f", BOX));
      x = x(bend) + BOX;
      y = middle(bend);
    }
    int right = forward ? edge.to() : edge.from();
    path.append(curve(x, y, x(right), middle(right)));
    svg.path(kindOf(edge), path.toString());
    double tip = forward ? x(right) : x(edge.to()) + BOX;
    svg.path(
        edge.critical() ? "hottip" : "tip",
        Svg.format("M%.1f %.1fl%d -4v8z", tip, middle(edge.to()), forward ? -8 : 8));
  }

  /** Between boxes of one column: around those that stand between them. */
  private void besideTheColumn(GraphView.Edge edge) {
    double x = x(edge.from()) + BOX;
    double fromY = middle(edge.from());
    double toY = middle(edge.to());
    double apart = Math.signum(toY - fromY) * HEIGHT / 4;
    double out = Math.min(ACROSS - 10, 20 + Math.abs(toY - fromY) / 8);
    svg.path(
        kindOf(edge),
        Svg.format(
            "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
            x, fromY + apart, x + out, fromY + apart, x + out, toY - apart, x, toY - apart));
    svg.path("tip", Svg.format("M%.1f %.1fl8 -4v8z", x, toY - apart));
  }

  private static String kindOf(GraphView.Edge edge) {
    return switch (edge.kind()) {
      case STUB -> "stub";
      case NEED, MILESTONE -> edge.critical() ? "hotline" : "line";
    };
  }

  private static String curve(double fromX, double fromY, double toX, double toY) {
    double bend = Math.min(ACROSS, (toX - fromX) / 2);
    return Svg.format(
        "C%.1f %.1f %.1f %.1f %.1f %.1f", fromX + bend, fromY, toX - bend, toY, toX, toY);
  }

  private double x(int item) {
    return MARGIN + layout.column(item) * (BOX + ACROSS);
  }

  private double y(int node) {
    return middle(node) - HEIGHT / 2;
  }

  private double middle(int item) {
    return TOP + layout.centre(item);
  }
}
