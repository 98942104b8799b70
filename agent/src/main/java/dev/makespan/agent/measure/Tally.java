package dev.makespan.agent.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What several reports say together. Mutable; of one thread. */
final class Tally {

  private boolean tests;
  private long passed;
  private long failed;
  private long skipped;
  private long lines;
  private long linesCovered;
  private long branches;
  private long branchesCovered;

  void test(Verdict verdict) {
    tests = true;
    switch (verdict) {
      case PASSED -> passed++;
      case FAILED -> failed++;
      case SKIPPED -> skipped++;
    }
  }

  /** How a test ended. */
  enum Verdict {
    PASSED,
    FAILED,
    SKIPPED
  }

  /** A report of tests without any says that none were run. */
  void noTests() {
    tests = true;
  }

  void lines(long covered, long all) {
    linesCovered += covered;
    lines += all;
  }

  void branches(long covered, long all) {
    branchesCovered += covered;
    branches += all;
  }

  /**
   * {@code tests.passed}, {@code tests.failed}, {@code tests.skipped}; {@code coverage} and {@code
   * coverage.lines} of lines, {@code coverage.branches}, in percent. What no report speaks of is
   * left out.
   */
  Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (tests) {
      metrics.put("tests.passed", (double) passed);
      metrics.put("tests.failed", (double) failed);
      metrics.put("tests.skipped", (double) skipped);
    }
    if (lines > 0) {
      metrics.put("coverage", percent(linesCovered, lines));
      metrics.put("coverage.lines", percent(linesCovered, lines));
    }
    if (branches > 0) {
      metrics.put("coverage.branches", percent(branchesCovered, branches));
    }
    return Collections.unmodifiableMap(metrics);
  }

  private static double percent(long part, long all) {
    return 100.0 * part / all;
  }
}
