package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.learn.FileLesson;
import dev.makespan.core.learn.FileLessons;
import dev.makespan.core.plan.Plan;
import dev.makespan.formats.edit.PlanEditor;
import dev.makespan.proto.run.v1.Run;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes what a plan should declare, from what a run of it really touched. */
@Command(
    name = "learn",
    header = "Propose which files a plan's tasks should declare, from what a run really touched.",
    description = {
      "Files that accepted work changed and its task does not declare are to be declared. What a done task"
          + " declares and did not change may go, which is uncertain: another run may need it. Reads are not"
          + " seen by anybody.",
      "Without FILE the version of the plan that the run had is looked at."
    },
    footer = {
      "",
      "Examples:",
      "  makespan learn 12",
      "  makespan learn 12 plan.yaml --write",
      "  makespan learn 12 plan.yaml --output json | jq '.lessons[].change'",
      "",
      "Exit codes: 0 done (whether or not there was anything to learn), 2 bad input, no such run,",
      "            another plan's or a simulated one, 3 the planner can't be reached."
    })
final class LearnCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Option(
      names = "--write",
      description = "Write what is certain into FILE, with its comments kept.")
  boolean write;

  @Option(names = "--uncertain", description = "With --write: also what is uncertain.")
  boolean uncertain;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "The plan as it is now: YAML or JSON.")
  @Nullable Path file;

  @Override
  public Integer call() throws Failure, SuiteProblem {
    if (write && file == null) {
      throw Failure.badInput("--write: expected the plan's file behind the run's number");
    }
    if (uncertain && !write) {
      throw Failure.badInput("--uncertain goes with --write only");
    }
    PlanFile given = file == null ? null : PlanFile.read(file);
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      Run found = client.run(client.runId(run));
      PlanFile source =
          given == null ? client.planFile(found.getPlanName(), found.getPlanVersion()) : given;
      tell(learned(found, source), source);
      return ExitCodes.DONE;
    }
  }

  /** What {@code run} teaches about the plan in {@code source}. */
  static Learned learned(Run run, PlanFile source) throws Failure {
    Plan plan = AnalyzeCommand.accepted(source);
    if (!plan.name().equals(run.getPlanName())) {
      throw Failure.badInput(
          "%s: expected plan '%s', of which run %d is, was '%s'"
              .formatted(source.name(), run.getPlanName(), run.getId(), plan.name()));
    }
    if (run.getSimulated()) {
      throw Failure.badInput(
          "run %d was simulated: it touched what the plan declares, and teaches nothing"
              .formatted(run.getId()));
    }
    return new Learned(run, FileLessons.of(plan, TouchedByRun.files(run)));
  }

  private void tell(Learned learned, PlanFile source) throws Failure {
    PrintWriter out = command.commandLine().getOut();
    List<PlanChange> changes =
        learned.lessons().stream()
            .filter(lesson -> lesson.certain() || uncertain)
            .map(FileLesson::change)
            .toList();
    boolean written = write && file != null && !changes.isEmpty();
    if (written) {
      write(source, changes);
    }
    out.print(
        output.isJson()
            ? Json.text(learned.json(written ? source.name() : "", changes)) + "\n"
            : learned.text() + outcome(learned, source, changes.size()));
    out.flush();
  }

  private void write(PlanFile source, List<PlanChange> changes) throws Failure {
    Path target = file == null ? Path.of(source.name()) : file;
    byte[] before = source.content().toByteArray();
    switch (PlanEditor.edit(before, changes)) {
      case PlanEditor.Edited.Done done -> PlanOutput.write(target, target, before, done.text());
      case PlanEditor.Edited.Refused refused ->
          throw Failure.badInput(source.name() + ": " + refused.reason());
    }
  }

  private String outcome(Learned learned, PlanFile source, int changes) {
    if (learned.lessons().isEmpty()) {
      return "";
    }
    if (!write) {
      return "nothing is written; 'makespan learn %d FILE --write' writes what is certain%n"
          .formatted(learned.run().getId());
    }
    return changes == 0
        ? source.name() + ": nothing is written, since nothing is certain\n"
        : source.name() + ": written; " + Texts.count(changes, "change") + "\n";
  }
}
