package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.Blocker;
import dev.makespan.proto.run.v1.Checkpoint;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunForecast;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskRun;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
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
        Optional<RunForecast> forecast = forecast(client, found);
        out.print(output.isJson() ? json(found, forecast) : text(found) + text(found, forecast));
      }
      out.flush();
      return ExitCodes.DONE;
    }
  }

  /** A run that ends meanwhile has none. */
  private static Optional<RunForecast> forecast(PlannerClient client, Run run) {
    boolean live =
        run.getState() == RunState.RUN_STATE_RUNNING || run.getState() == RunState.RUN_STATE_PAUSED;
    if (!live) {
      return Optional.empty();
    }
    try {
      return Optional.of(client.forecast(run.getId()));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  private static String json(Run run, Optional<RunForecast> forecast) {
    ObjectNode node = ReportJson.of(run);
    forecast.ifPresent(of -> RunForecastView.put(node.putObject("forecast"), of));
    return Json.text(node) + "\n";
  }

  /** What waits for somebody, and when it will be done. */
  static String text(Run run, Optional<RunForecast> forecast) {
    StringBuilder text = new StringBuilder();
    for (Checkpoint checkpoint : run.getCheckpointsList()) {
      if (checkpoint.getReached() && !checkpoint.hasApproveTime() && !run.getSimulated()) {
        text.append(
            "\nphase %s waits: makespan approve %d '%s' --phase %s"
                .formatted(
                    checkpoint.getPhase(),
                    run.getId(),
                    checkpoint.getGate(),
                    checkpoint.getPhase()));
      }
    }
    String budget = BudgetText.of(run);
    if (!budget.isEmpty()) {
      text.append('\n').append(budget.stripTrailing());
    }
    for (TaskRun task : run.getTasksList()) {
      for (Blocker blocker : task.getBlockersList()) {
        if (!blocker.hasAnswerTime()) {
          text.append(
              "\n%s asks (%s): %s".formatted(task.getTask(), blocker.getId(), blocker.getText()));
        }
      }
    }
    forecast.ifPresent(of -> text.append('\n').append(RunForecastView.text(of)));
    return text.isEmpty() ? "" : text.append('\n').toString();
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
                  Texts.time(Protos.instant(run.getCreateTime()))));
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
