package dev.makespan.formats.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The needs of a plan as a Mermaid flowchart, the critical path in another colour. */
public final class GraphMermaid {

  private GraphMermaid() {}

  public static String of(AnalyzedPlan analyzed) {
    GraphView view = GraphView.of(analyzed.plan());
    StringBuilder out = new StringBuilder("flowchart LR\n");
    if (!view.leftOut().isEmpty()) {
      out.append("  %% ").append(view.leftOut()).append('\n');
    }
    for (int i = 0; i < view.nodes().size(); i++) {
      node(out, i, view.nodes().get(i));
    }
    List<String> critical = new ArrayList<>();
    for (int i = 0; i < view.edges().size(); i++) {
      edge(out, view.edges().get(i));
      if (view.edges().get(i).critical()) {
        critical.add(Integer.toString(i));
      }
    }
    out.append("  classDef critical fill:#fde0dc,stroke:#b3261e,stroke-width:3px,color:#410e0b\n");
    if (!critical.isEmpty()) {
      out.append("  linkStyle ")
          .append(critical.stream().collect(Collectors.joining(",")))
          .append(" stroke:#b3261e,stroke-width:3px\n");
    }
    return out.toString();
  }

  private static void node(StringBuilder out, int place, GraphView.Node node) {
    out.append(
        "  t%d[\"%s<br/>%s\"]%s%n"
            .formatted(
                place,
                Mermaid.text(node.task().id().value()),
                Figures.duration(node.task().duration()),
                node.critical() ? ":::critical" : ""));
  }

  private static void edge(StringBuilder out, GraphView.Edge edge) {
    String label = edge.label().isEmpty() ? "" : "|\"" + Mermaid.text(edge.label()) + "\"|";
    String arrow = edge.kind() == GraphView.Kind.STUB ? "-.->" : "-->";
    out.append("  t%d %s%s t%d%n".formatted(edge.from(), arrow, label, edge.to()));
  }
}
