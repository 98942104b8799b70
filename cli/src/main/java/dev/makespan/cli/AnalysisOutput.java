package dev.makespan.cli;

import dev.makespan.formats.analysis.AnalysisJson;
import dev.makespan.formats.analysis.AnalysisMarkdown;
import dev.makespan.formats.analysis.AnalysisText;
import dev.makespan.formats.analysis.AnalyzedPlan;
import dev.makespan.formats.analysis.GraphMermaid;
import dev.makespan.formats.analysis.GraphSvg;
import dev.makespan.formats.analysis.TimelineMermaid;
import dev.makespan.formats.analysis.TimelineSvg;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which form an analysis is told, and where to. */
final class AnalysisOutput {

  /** The outer forms of an analysis. */
  enum Format {
    TEXT,
    JSON,
    MARKDOWN,
    MERMAID,
    SVG
  }

  /** What a picture shows. */
  enum View {
    TIMELINE,
    GRAPH
  }

  @Option(
      names = "--output",
      paramLabel = "text|json|markdown|mermaid|svg",
      defaultValue = "text",
      description =
          "How to answer: text for people (default), json for programs, markdown for reviews,"
              + " mermaid or svg for a picture.")
  Format format = Format.TEXT;

  @Option(
      names = "--view",
      paramLabel = "timeline|graph",
      description =
          "What the picture of mermaid or svg shows: who does what when, before and after"
              + " (timeline, default), or what needs what, with the critical path (graph).")
  @Nullable View view;

  @Option(
      names = "--output-file",
      paramLabel = "FILE",
      description = "Write the answer into this file, in UTF-8, instead of standard output.")
  @Nullable Path file;

  @Option(names = "--debug", description = "Show where an error came from (or MAKESPAN_DEBUG=1).")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** Refuses what does not go together, before anything is computed. */
  void check() throws Failure {
    if (view != null && format != Format.MERMAID && format != Format.SVG) {
      throw Failure.badInput(
          "--view: expected --output mermaid or svg beside it, was --output "
              + Texts.lowerCase(format));
    }
  }

  void tell(AnalyzedPlan analyzed, PrintWriter out) throws Failure {
    String text = textOf(analyzed);
    Path target = file;
    if (target == null) {
      out.print(text);
      out.flush();
      return;
    }
    try {
      Files.writeString(target, text);
    } catch (IOException e) {
      throw new Failure(
          ExitCodes.BAD_INPUT, "--output-file: " + target + " can't be written: " + e, e);
    }
  }

  private String textOf(AnalyzedPlan analyzed) {
    boolean graph = view == View.GRAPH;
    return switch (format) {
      case TEXT -> AnalysisText.of(analyzed, Terminal.ofProcess().columns());
      case JSON -> AnalysisJson.of(analyzed);
      case MARKDOWN -> AnalysisMarkdown.of(analyzed);
      case MERMAID -> graph ? GraphMermaid.of(analyzed) : TimelineMermaid.of(analyzed);
      case SVG -> graph ? GraphSvg.of(analyzed) : TimelineSvg.of(analyzed);
    };
  }
}
