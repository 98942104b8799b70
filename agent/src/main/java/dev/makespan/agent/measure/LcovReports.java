package dev.makespan.agent.measure;

import java.io.BufferedReader;
import java.io.IOException;

/** Reads a tracefile of lcov: a line per fact, a file at a time. */
final class LcovReports {

  private static final int MAX_LINE = 100_000;

  private LcovReports() {}

  /** Sums of a file where it has them, else its lines are counted. */
  static void read(BufferedReader from, Tally into) throws IOException, ReportProblem {
    Section section = new Section();
    boolean some = false;
    int number = 0;
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      number++;
      if (line.length() > MAX_LINE) {
        throw new ReportProblem("line " + number + ": expected at most 100,000 characters");
      }
      int colon = line.indexOf(':');
      String key = colon < 0 ? line.strip() : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      switch (key) {
        case "SF" -> some = true;
        case "LF" -> section.lines = count(value, number);
        case "LH" -> section.linesHit = count(value, number);
        case "BRF" -> section.branches = count(value, number);
        case "BRH" -> section.branchesHit = count(value, number);
        case "DA" -> section.line(value, number);
        case "end_of_record" -> {
          section.addTo(into);
          section = new Section();
        }
        default -> {}
      }
    }
    if (!some) {
      throw new ReportProblem("expected records of lcov that begin with SF:, was none");
    }
    section.addTo(into);
  }

  private static final class Section {
    private long lines = -1;
    private long linesHit;
    private long branches;
    private long branchesHit;
    private long counted;
    private long countedHit;

    /** {@code number,hits} and perhaps a checksum. */
    private void line(String value, int number) throws ReportProblem {
      String[] parts = value.split(",", -1);
      if (parts.length < 2) {
        throw new ReportProblem(
            "line %d: expected DA:line,hits, was DA:%s"
                .formatted(number, XmlReports.shortened(value)));
      }
      counted++;
      countedHit += count(parts[1].strip(), number) > 0 ? 1 : 0;
    }

    private void addTo(Tally into) {
      if (lines >= 0) {
        into.lines(linesHit, lines);
      } else {
        into.lines(countedHit, counted);
      }
      into.branches(branchesHit, branches);
    }
  }

  private static long count(String value, int line) throws ReportProblem {
    try {
      long count = Long.parseLong(value);
      if (count >= 0 && count <= XmlReports.MAX_COUNT) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new ReportProblem(
        "line %d: expected a count, was '%s'".formatted(line, XmlReports.shortened(value)));
  }
}
