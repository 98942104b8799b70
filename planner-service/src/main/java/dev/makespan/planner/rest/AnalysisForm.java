package dev.makespan.planner.rest;

import dev.makespan.formats.analysis.AnalysisJson;
import dev.makespan.formats.analysis.AnalysisMarkdown;
import dev.makespan.formats.analysis.AnalysisText;
import dev.makespan.formats.analysis.AnalyzedPlan;
import dev.makespan.formats.analysis.GraphMermaid;
import dev.makespan.formats.analysis.GraphSvg;
import dev.makespan.formats.analysis.TimelineMermaid;
import dev.makespan.formats.analysis.TimelineSvg;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The forms in which an analysis is told, the one that nobody asks for first. */
enum AnalysisForm {
  JSON(MediaType.APPLICATION_JSON),
  TEXT(MediaType.TEXT_PLAIN),
  MARKDOWN(AnalysisForm.MARKDOWN_TYPE),
  MERMAID(AnalysisForm.MERMAID_TYPE),
  SVG(AnalysisForm.SVG_TYPE);

  static final String MARKDOWN_TYPE = "text/markdown";
  static final String MERMAID_TYPE = "text/vnd.mermaid";
  static final String SVG_TYPE = "image/svg+xml";

  /** What a picture shows. */
  enum View {
    TIMELINE,
    GRAPH
  }

  private final String type;

  AnalysisForm(String type) {
    this.type = type;
  }

  /** The best of what a caller takes; empty: it takes none of them. */
  static Optional<AnalysisForm> of(List<MediaType> acceptable) {
    return acceptable.stream()
        .filter(accepted -> !isRefused(accepted))
        .flatMap(accepted ->
            Arrays.stream(values()).filter(form -> form.mediaType().isCompatible(accepted)))
        .filter(form -> acceptable.stream().noneMatch(form::isRefusedBy))
        .findFirst();
  }

  /** All media types, for people. */
  static String offered() {
    return Arrays.stream(values()).map(form -> form.type).collect(Collectors.joining(", "));
  }

  /** With its encoding. */
  MediaType contentType() {
    return switch (this) {
      case JSON -> mediaType();
      case TEXT, MARKDOWN, MERMAID, SVG -> mediaType().withCharset("utf-8");
    };
  }

  private MediaType mediaType() {
    return MediaType.valueOf(type);
  }

  boolean isPicture() {
    return switch (this) {
      case MERMAID, SVG -> true;
      case JSON, TEXT, MARKDOWN -> false;
    };
  }

  /**
   * The whole answer.
   *
   * @param view of a picture
   * @param columns of a text
   */
  String of(AnalyzedPlan analyzed, View view, int columns) {
    return switch (this) {
      case JSON -> AnalysisJson.of(analyzed);
      case TEXT -> AnalysisText.of(analyzed, columns);
      case MARKDOWN -> AnalysisMarkdown.of(analyzed);
      case MERMAID ->
          switch (view) {
            case TIMELINE -> TimelineMermaid.of(analyzed);
            case GRAPH -> GraphMermaid.of(analyzed);
          };
      case SVG ->
          switch (view) {
            case TIMELINE -> TimelineSvg.of(analyzed);
            case GRAPH -> GraphSvg.of(analyzed);
          };
    };
  }

  /** By its very name: a wildcard of no weight refuses only what nothing else names. */
  private boolean isRefusedBy(MediaType accepted) {
    return isRefused(accepted)
        && (accepted.getType() + "/" + accepted.getSubtype()).equalsIgnoreCase(type);
  }

  private static boolean isRefused(MediaType accepted) {
    String weight = accepted.getParameters().getOrDefault("q", "1");
    return weight.matches("0(\\.0*)?");
  }
}
