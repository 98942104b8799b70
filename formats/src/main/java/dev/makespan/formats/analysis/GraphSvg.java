package dev.makespan.formats.analysis;

/** What needs what, from left to right, with the critical path. */
public final class GraphSvg {

  private static final double BOX = 180;
  private static final double HEIGHT = 44;
  private static final double ACROSS = 80;
  private static final double DOWN = 26;
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
    this.layout = GraphLayout.of(view);
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
    view.edges().reversed().forEach(this::edge);
    for (int i = 0; i < view.nodes().size(); i++) {
      node(i);
    }
    double width = 2 * MARGIN + layout.columns() * (BOX + ACROSS) - ACROSS;
    double height = TOP + layout.height() * (HEIGHT + DOWN) + MARGIN;
    return svg.document(Math.max(MIN_WIDTH, width), height, name + ", graph", path);
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

  private void edge(GraphView.Edge edge) {
    boolean forward = layout.column(edge.to()) > layout.column(edge.from());
    double fromX = forward ? x(edge.from()) + BOX : x(edge.from()) + BOX / 2;
    double fromY = forward ? y(edge.from()) + HEIGHT / 2 : y(edge.from()) + HEIGHT;
    double toX = forward ? x(edge.to()) : x(edge.to()) + BOX / 2;
    double toY = forward ? y(edge.to()) + HEIGHT / 2 : y(edge.to()) + HEIGHT;
    double bend = forward ? Math.min(ACROSS, (toX - fromX) / 2) : 0;
    double sag = forward ? 0 : DOWN;
    String kind =
        edge.kind() == GraphView.Kind.STUB ? "stub" : edge.critical() ? "hotline" : "line";
    svg.path(
        kind,
        Svg.format(
            "M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f",
            fromX, fromY, fromX + bend, fromY + sag, toX - bend, toY + sag, toX, toY));
    if (forward) {
      svg.path(edge.critical() ? "hottip" : "tip", Svg.format("M%.1f %.1fl-8 -4v8z", toX, toY));
    }
  }

  private double x(int node) {
    return MARGIN + layout.column(node) * (BOX + ACROSS);
  }

  private double y(int node) {
    double free = (layout.height() - layout.heightAt(node)) * (HEIGHT + DOWN) / 2;
    return TOP + free + layout.row(node) * (HEIGHT + DOWN);
  }
}
