package dev.makespan.agent.runner;

import dev.makespan.agent.Runner.News;
import dev.makespan.agent.WorkProgress;
import dev.makespan.agent.measure.Measurement;
import dev.makespan.agent.measure.Reports;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.Usage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a command has said of its work so far, and what of it is news. Of one thread. */
final class Told {

  /** Most metrics, and most outputs, of one attempt. */
  static final int MAX_ENTRIES = 1_000;

  /** Most paths that are told while the work goes on. */
  static final int MAX_FILES = 10_000;

  /** Most reports to read. */
  static final int MAX_REPORTS = 20;

  private static final int MAX_PATH = 1_024;

  private final News news;
  private final Set<MilestoneId> expected = new LinkedHashSet<>();
  private final Set<MilestoneId> reached = new LinkedHashSet<>();
  private final Map<String, Double> metrics = new LinkedHashMap<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private final Set<OutputLine.Report> reports = new LinkedHashSet<>();
  private Usage usage = Usage.NONE;
  private int percent;
  private String note = "";
  private String checkpoint = "";
  private List<String> files = List.of();
  private boolean changed;
  private int malformed;
  private String firstProblem = "";

  Told(List<Milestone> milestones, News news) {
    this.news = news;
    milestones.forEach(milestone -> expected.add(milestone.id()));
  }

  void heard(OutputLine line) {
    switch (line) {
      case OutputLine.Metric metric -> put(metrics, metric.name(), metric.value());
      case OutputLine.Output output -> put(outputs, output.name(), output.value());
      case OutputLine.Milestone milestone -> reach(milestone.id());
      case OutputLine.Checkpoint said -> {
        checkpoint = said.text();
        changed = true;
      }
      case OutputLine.Used used -> {
        usage = used.usage();
        changed = true;
      }
      case OutputLine.Progress progress -> {
        percent = progress.percent();
        note = progress.note();
        changed = true;
      }
      case OutputLine.Report report -> {
        if (reports.size() < MAX_REPORTS) {
          reports.add(report);
        } else {
          complain("expected at most " + MAX_REPORTS + " reports");
        }
      }
      case OutputLine.Blank() -> {}
      case OutputLine.Malformed bad -> complain(bad.problem());
    }
  }

  private <T> void put(Map<String, T> entries, String name, T value) {
    if (entries.size() >= MAX_ENTRIES && !entries.containsKey(name)) {
      complain("expected at most " + MAX_ENTRIES + " metrics and as many outputs");
      return;
    }
    entries.put(name, value);
  }

  private void reach(MilestoneId milestone) {
    if (!expected.contains(milestone)) {
      complain("milestone: expected one of " + expected + ", was " + milestone);
    } else if (reached.add(milestone)) {
      news.reached(milestone);
    }
  }

  void complain(String problem) {
    malformed++;
    if (firstProblem.isEmpty()) {
      firstProblem = problem;
    }
  }

  /** Something about the work that its agent has seen. */
  void note(String text) {
    note = text.substring(0, Math.min(text.length(), OutputLines.MAX_VALUE));
    changed = true;
  }

  /** What was touched so far, as far as the stream takes it. */
  void touched(List<String> paths) {
    List<String> told =
        paths.stream().filter(path -> path.length() <= MAX_PATH).limit(MAX_FILES).toList();
    if (!told.equals(files)) {
      files = told;
      changed = true;
    }
  }

  /** Tells of all that was changed since the last time, in one message. */
  void flush() {
    if (changed) {
      changed = false;
      news.progressed(new WorkProgress(percent, note, checkpoint, usage, files));
    }
  }

  /**
   * Reads the reports that the command has named, which count over what it says of the same
   * metrics: the command is over.
   */
  void readReports(Path workspace) {
    for (OutputLine.Report report : reports) {
      switch (Reports.read(report.format(), workspace, report.files())) {
        case Measurement.Read read ->
            read.metrics().forEach((name, value) -> put(metrics, name, value));
        case Measurement.Unreadable bad -> complain(bad.problem());
      }
    }
  }

  Map<String, Double> metrics() {
    return metrics;
  }

  Map<String, String> outputs() {
    return outputs;
  }

  Usage usage() {
    return usage;
  }

  List<String> files() {
    return files;
  }

  /** What was not understood, for people; empty: nothing. */
  String problems() {
    return malformed == 0
        ? ""
        : malformed + " lines of MAKESPAN_OUTPUT were not heeded, the first: " + firstProblem;
  }
}
