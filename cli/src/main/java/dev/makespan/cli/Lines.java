package dev.makespan.cli;

import java.io.PrintWriter;

/** Output line by line, seen at once. */
final class Lines {

  private Lines() {}

  /** Prints {@code line} unless it is empty. */
  static void say(PrintWriter out, String line) {
    if (!line.isEmpty()) {
      out.println(line);
      out.flush();
    }
  }
}
