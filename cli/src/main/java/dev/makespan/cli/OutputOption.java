package dev.makespan.cli;

import picocli.CommandLine.Option;

/** What every command understands. */
final class OutputOption {

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to answer: text for people (default), json for programs.")
  OutputFormat format = OutputFormat.TEXT;

  @Option(names = "--debug", description = "Show where an error came from (or MAKESPAN_DEBUG=1).")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  boolean isJson() {
    return format == OutputFormat.JSON;
  }
}
