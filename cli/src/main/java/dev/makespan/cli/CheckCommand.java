package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a plan file; needs no server. */
@Command(
    name = "check",
    header = "Check a plan file; needs no server.",
    description =
        "Reports every problem with its line and column, what was expected and what was there.",
    footer = {
      "",
      "Examples:",
      "  makespan check plan.yaml",
      "  makespan check plan.yaml --output json",
      "",
      "Exit codes: 0 the plan may be run (there may be warnings), 2 it has errors or can't be read."
    })
final class CheckCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "FILE", description = "The plan: YAML or JSON.")
  Path file = Path.of("plan.yaml");

  @Override
  public Integer call() throws Failure {
    PrintWriter out = command.commandLine().getOut();
    PlanFile plan = PlanFile.read(file);
    out.print(output.isJson() ? Json.text(json(plan)) + "\n" : text(plan));
    out.flush();
    return plan.checked() instanceof CheckedPlan.Accepted ? ExitCodes.DONE : ExitCodes.BAD_INPUT;
  }

  private static String text(PlanFile plan) {
    String tasks =
        switch (plan.checked()) {
          case CheckedPlan.Accepted accepted ->
              ", " + Texts.count(accepted.plan().tasks().size(), "task");
          case CheckedPlan.Refused refused -> "";
        };
    return plan.problemLines() + plan.name() + ": " + plan.verdict() + tasks + "\n";
  }

  private static ObjectNode json(PlanFile plan) {
    ObjectNode node = Json.object();
    node.put("file", plan.name());
    node.put("accepted", plan.checked() instanceof CheckedPlan.Accepted);
    node.put("errors", plan.count(Problem.Severity.ERROR));
    node.put("warnings", plan.count(Problem.Severity.WARNING));
    ArrayNode problems = node.putArray("problems");
    for (Problem problem : plan.checked().problems()) {
      problems
          .addObject()
          .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
          .put("line", problem.at().line())
          .put("column", problem.at().column())
          .put("kind", problem.kind())
          .put("message", problem.message());
    }
    return node;
  }
}
