package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.ApproveRequest;
import dev.makespan.proto.run.v1.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Approves of what a task has reported, or opens a checkpoint. */
@Command(
    name = "approve",
    header = "Approve of a task's reported work, or open a checkpoint behind a phase.",
    description = {
      "A task whose gates ask for an approval is verifying until everybody has approved; a phase with a"
          + " checkpoint keeps the later ones waiting.",
      "makespan status RUN shows what waits."
    },
    footer = {
      "",
      "Examples:",
      "  makespan approve 12 security-review --task upload",
      "  makespan approve 12 security-review --task upload --decline --note 'tokens are logged'",
      "  makespan approve 12 audit --phase integrate",
      "  makespan approve 12 'run: just ci' --phase foundation",
      "",
      "Exit codes: 0 done, 2 no such run, task or gate, or nothing to approve yet,",
      "            3 the planner can't be reached."
    })
final class ApproveCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "The approval's name; of other gates of a phase the text.")
  String name = "";

  @Option(names = "--task", paramLabel = "TASK", description = "Whose work is approved.")
  String task = "";

  @Option(names = "--phase", paramLabel = "PHASE", description = "What the checkpoint is behind.")
  String phase = "";

  @Option(names = "--note", paramLabel = "TEXT", description = "For the record.")
  String note = "";

  @Option(
      names = "--decline",
      description = "Say no: the task is tried again, with the note as its input.")
  boolean decline;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who says it (default: the user of this machine).")
  String by = System.getProperty("user.name", "");

  @Override
  public Integer call() throws Failure, SuiteProblem {
    if (task.isEmpty() == phase.isEmpty()) {
      throw Failure.badInput("expected one of --task and --phase");
    }
    if (decline && task.isEmpty()) {
      throw Failure.badInput("--decline goes with --task; a checkpoint is left closed instead");
    }
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      ApproveRequest.Builder request =
          ApproveRequest.newBuilder()
              .setRunId(client.runId(run))
              .setName(name)
              .setBy(by)
              .setNote(note)
              .setDecline(decline);
      Run changed =
          client.approve(
              task.isEmpty() ? request.setPhase(phase).build() : request.setTask(task).build());
      Lines.say(
          command.commandLine().getOut(),
          task.isEmpty()
              ? RunChangeOutput.of(changed, output)
              : RunChangeOutput.ofTask(changed, task, output));
      return ExitCodes.DONE;
    }
  }
}
