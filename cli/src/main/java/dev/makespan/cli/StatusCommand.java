package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.TaskRun;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows runs, or one run with its tasks. */
@Command(
    name = "status",
    header = "Show the latest runs, or one run with its tasks.",
    footer = {
      "",
      "Examples:",
      "  makespan status",
      "  makespan status 12",
      "",
      "Exit codes: 0 done, 2 no such run, 3 the planner can't be reached."
    })
final class StatusCommand implements Callable<Integer> {

  private static final int RUNS = 20;

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "The run's number (default: the latest runs).")
  String run = "";

  @Override
  public Integer call() throws Failure, SuiteProblem {
    PrintWriter out = command.commandLine().getOut();
    HostPort address = planner.address();
    try (PlannerClient client = PlannerClient.at(address)) {
      if (run.isEmpty()) {
        List<Run> runs = client.runs(RUNS);
        out.print(output.isJson() ? Json.text(json(address, runs)) + "\n" : text(address, runs));
      } else {
        Run found = client.run(client.runId(run));
        out.print(output.isJson() ? Json.text(ReportJson.of(found)) + "\n" : text(found));
      }
      out.flush();
      return ExitCodes.DONE;
    }
  }

  private static String text(HostPort address, List<Run> runs) {
    StringBuilder text = new StringBuilder("planner at " + address + " answers\n");
    if (runs.isEmpty()) {
      return text.append("no runs yet\n").toString();
    }
    text.append("%n  %-8s %-12s %-32s %s%n".formatted("RUN", "STATE", "PLAN", "CREATED"));
    for (Run run : runs) {
      text.append(
          "  %-8d %-12s %-32s %s%n"
              .formatted(
                  run.getId(),
                  States.name(run.getState()),
                  run.getPlanName() + " v" + run.getPlanVersion(),
                  Protos.instant(run.getCreateTime())));
    }
    return text.toString();
  }

  static String text(Run run) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Run %d of %s version %d: %s%s%n%n"
            .formatted(
                run.getId(),
                run.getPlanName(),
                run.getPlanVersion(),
                States.name(run.getState()),
                run.getReason().isEmpty() ? "" : ", " + run.getReason()));
    int name = run.getTasksList().stream().mapToInt(t -> t.getTask().length()).max().orElse(0);
    for (TaskRun task : run.getTasksList()) {
      text.append(
          "  %s  %-11s %s%n"
              .formatted(Texts.cell(task.getTask(), name), States.name(task.getState()), last(task))
              .replaceAll(" +\\R", "\n"));
    }
    return text.toString();
  }

  private static String last(TaskRun task) {
    String agent =
        task.getAttemptsList().stream().reduce((a, b) -> b).map(Attempt::getAgent).orElse("");
    String tries = task.getAttemptsCount() > 1 ? ", attempt " + task.getAttemptsCount() : "";
    String reason = task.getReason().isEmpty() ? "" : " (" + task.getReason() + ")";
    return agent + tries + reason;
  }

  private static ObjectNode json(HostPort address, List<Run> runs) {
    ObjectNode node = Json.object();
    node.put("planner", address.toString());
    ArrayNode list = node.putArray("runs");
    runs.forEach(run -> list.add(ReportJson.of(run)));
    return node;
  }
}
