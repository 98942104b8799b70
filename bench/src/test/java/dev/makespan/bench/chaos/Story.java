package dev.makespan.bench.chaos;

import dev.makespan.proto.run.v1.AttemptFailed;
import dev.makespan.proto.run.v1.FailureCause;
import dev.makespan.proto.run.v1.RunCancelRequested;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.RunFinished;
import dev.makespan.proto.run.v1.RunStarted;
import dev.makespan.proto.run.v1.TaskDone;
import dev.makespan.proto.run.v1.TaskLeased;
import dev.makespan.proto.run.v1.TaskReported;
import java.util.List;
import java.util.Map;

/** A journal of run 1, written by hand, and what the checkers make of it. */
final class Story {

  /** Task b needs a; c and d write one file; e and f use the one licence. */
  static final PlanModel PLAN =
      new PlanModel(
          "story",
          Map.of(
              "a", PlanModel.Node.ANY,
              "b", new PlanModel.Node(List.of("a"), "", false),
              "c", new PlanModel.Node(List.of(), "shared.txt", false),
              "d", new PlanModel.Node(List.of(), "shared.txt", false),
              "e", new PlanModel.Node(List.of(), "", true),
              "f", new PlanModel.Node(List.of(), "", true)),
          2,
          1);

  static final int INFRA_LIMIT = 3;

  final Evidence evidence = new Evidence();
  final JournalCheck journal = new JournalCheck(_ -> PLAN, INFRA_LIMIT, evidence);
  private long position;

  Story() {
    see(RunEvent.newBuilder().setRunStarted(RunStarted.getDefaultInstance()));
  }

  Story see(RunEvent.Builder event) {
    position++;
    journal.see(1, PLAN.name(), event.setPosition(position).build());
    return this;
  }

  Story skip() {
    position++;
    return this;
  }

  Story leased(String task, long fence) {
    return leased(task, fence, "agent");
  }

  Story leased(String task, long fence, String agent) {
    return see(task(task).setTaskLeased(TaskLeased.newBuilder().setAgent(agent).setFence(fence)));
  }

  Story reported(String task, long fence, String result) {
    return see(
        task(task).setTaskReported(TaskReported.newBuilder().setFence(fence).setResultId(result)));
  }

  Story done(String task, long fence) {
    return see(task(task).setTaskDone(TaskDone.newBuilder().setFence(fence)));
  }

  Story worked(String task, long fence) {
    return leased(task, fence).reported(task, fence, "r").done(task, fence);
  }

  Story lost(String task, long fence) {
    return failed(task, fence, FailureCause.FAILURE_CAUSE_INFRA);
  }

  Story failed(String task, long fence, FailureCause cause) {
    return see(
        task(task).setAttemptFailed(AttemptFailed.newBuilder().setFence(fence).setCause(cause)));
  }

  Story cancelled() {
    return see(
        RunEvent.newBuilder().setRunCancelRequested(RunCancelRequested.getDefaultInstance()));
  }

  Story finished() {
    return see(RunEvent.newBuilder().setRunFinished(RunFinished.getDefaultInstance()));
  }

  private static RunEvent.Builder task(String id) {
    return RunEvent.newBuilder().setTask(id);
  }

  /** What is broken. */
  List<Promise> broken() {
    return evidence.violations().stream().map(Violation::promise).distinct().toList();
  }
}
