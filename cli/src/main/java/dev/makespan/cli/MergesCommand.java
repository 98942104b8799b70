package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.ChangeMergesRequest;
import dev.makespan.proto.run.v1.DropMerge;
import dev.makespan.proto.run.v1.HoldMerges;
import dev.makespan.proto.run.v1.ReleaseMerges;
import dev.makespan.proto.run.v1.ReorderMerges;
import dev.makespan.proto.run.v1.RetryMerges;
import dev.makespan.proto.run.v1.Run;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the merge queue of a run, and changes it. */
@Command(
    name = "merges",
    header = "Show what a run has merged and what waits; hold, release, reorder or drop.",
    description = {
      "Accepted work is merged in the planned order, in batches that the plan's workspace.verify must pass.",
      "Without an option the queue is shown."
    },
    footer = {
      "",
      "Examples:",
      "  makespan merges 12",
      "  makespan merges 12 --hold 'release day'",
      "  makespan merges 12 --release",
      "  makespan merges 12 --first schema,parser",
      "  makespan merges 12 --drop upload --note 'keep the old name'",
      "  makespan merges 12 --retry",
      "",
      "Exit codes: 0 done, 2 no such run or task, or not as it stands, 3 the planner can't be reached."
    })
final class MergesCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @ArgGroup(exclusive = true)
  @Nullable Change change;

  /** At most one of these. */
  static final class Change {
    @Option(
        names = "--hold",
        paramLabel = "REASON",
        description = "Let nothing be merged; a batch that is being merged goes on.")
    @Nullable String hold;

    @Option(names = "--release", description = "Let work be merged again.")
    boolean release;

    @Option(
        names = "--first",
        paramLabel = "TASK[,TASK...]",
        split = ",",
        description = "Merge these before all else, in this order; '-' for the planned order.")
    @Nullable List<String> first;

    @Option(
        names = "--drop",
        paramLabel = "TASK",
        description = "Do not merge what was accepted of a task: it is tried again with the note.")
    @Nullable String drop;

    @Option(names = "--retry", description = "Try merging again after trouble.")
    boolean retry;
  }

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "With --drop: why, for the next attempt.")
  String note = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who says it (default: the user of this machine).")
  String by = System.getProperty("user.name", "");

  @Override
  public Integer call() throws Failure, SuiteProblem {
    PrintWriter out = command.commandLine().getOut();
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      long id = client.runId(run);
      Run found = change == null ? client.run(id) : client.changeMerges(request(id, change));
      out.print(output.isJson() ? Json.text(ReportJson.of(found)) + "\n" : MergesText.of(found));
      out.flush();
      return ExitCodes.DONE;
    }
  }

  private ChangeMergesRequest request(long id, Change wanted) throws Failure {
    ChangeMergesRequest.Builder request = ChangeMergesRequest.newBuilder().setRunId(id).setBy(by);
    if (wanted.drop == null && !note.isEmpty()) {
      throw Failure.badInput("--note goes with --drop");
    }
    if (wanted.hold != null) {
      request.setHold(HoldMerges.newBuilder().setReason(wanted.hold));
    } else if (wanted.release) {
      request.setRelease(ReleaseMerges.getDefaultInstance());
    } else if (wanted.first != null) {
      boolean planned = wanted.first.equals(List.of("-"));
      request.setReorder(
          ReorderMerges.newBuilder().addAllFirst(planned ? List.of() : wanted.first));
    } else if (wanted.drop != null) {
      request.setDrop(DropMerge.newBuilder().setTask(wanted.drop).setNote(note));
    } else {
      request.setRetry(RetryMerges.newBuilder().setReason("asked for by " + by));
    }
    return request.build();
  }
}
