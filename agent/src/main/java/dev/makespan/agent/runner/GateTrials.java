package dev.makespan.agent.runner;

import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.session.AgentSays.GateReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tries the gates that an agent has to try: commands and files. */
final class GateTrials {

  private static final String RUN = "run: ";
  private static final String FILE = "file: ";
  private static final int LINES = 200;
  private static final int CHARACTERS = 16_384;

  private GateTrials() {}

  /** Runs a command in the workspace as the work itself was run. */
  interface Trial {
    Ended run(List<String> argv) throws IOException, InterruptedException;
  }

  /** How a command ended, and what it said. */
  record Ended(int exitCode, CappedOutput output) {}

  /** Whether a look at the workspace decides it. */
  static boolean isOfFile(String gate) {
    return gate.startsWith(FILE);
  }

  static List<GateReport> of(List<String> gates, Path workspace, Trial trial)
      throws IOException, InterruptedException {
    List<GateReport> reports = new ArrayList<>();
    for (String gate : gates) {
      if (gate.startsWith(RUN)) {
        reports.add(command(gate, trial));
      } else if (gate.startsWith(FILE)) {
        reports.add(file(gate, workspace));
      } else {
        reports.add(new GateReport(gate, false, "this agent does not know how to try it"));
      }
    }
    return reports;
  }

  private static GateReport command(String gate, Trial trial)
      throws IOException, InterruptedException {
    Ended ended = trial.run(List.of("sh", "-c", gate.substring(RUN.length())));
    String said = String.join("\n", ended.output().lastLines(LINES, CHARACTERS));
    return ended.exitCode() == 0
        ? new GateReport(gate, true, "")
        : new GateReport(gate, false, ExitMeaning.of(ended.exitCode()).text() + "\n" + said);
  }

  private static GateReport file(String gate, Path workspace) {
    String path = gate.substring(FILE.length());
    String problem = FilePattern.problemOf(path);
    if (!problem.isEmpty()) {
      return new GateReport(gate, false, problem);
    }
    boolean there = Files.exists(workspace.resolve(path), LinkOption.NOFOLLOW_LINKS);
    return new GateReport(gate, there, there ? "" : "it is not there");
  }
}
