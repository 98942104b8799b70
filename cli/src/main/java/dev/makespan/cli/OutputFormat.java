package dev.makespan.cli;

/** How a command answers. */
enum OutputFormat {
  TEXT,
  JSON
}
