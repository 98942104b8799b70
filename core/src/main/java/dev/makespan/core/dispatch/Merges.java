package dev.makespan.core.dispatch;

import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunDecision;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskDecision;
import dev.makespan.core.task.TaskRef;

/** What integrators report, made into commands for the tasks of their batches; and what follows. */
final class Merges {

  private final Books books;

  Merges(Books books) {
    this.books = books;
  }

  /** Whether an attempt is at merging. */
  boolean isBatch(TaskRef ref) {
    return ref.task().equals(Integration.TASK);
  }

  /** What its batch became of, and with it its members, in one step. */
  RunDecision ended(AgentSays.Result m, Stepping step) {
    LiveRun live = books.findRun(m.task().run());
    if (live == null) {
      return new RunDecision.Refused(TaskDecision.Refusal.SUPERSEDED, "no such run: " + m.task());
    }
    BatchReport report = m.batch();
    if (m.outcome() != AgentSays.Outcome.OK || report == null) {
      return step.decide(m.task(), AgentRules.commandOf(m));
    }
    RunDecision decision =
        step.decide(live, new RunCommand.EndBatch(m.task().fence(), m.resultId(), report));
    boolean ended =
        decision instanceof RunDecision.Accepted accepted
            && accepted.changes().stream()
                .anyMatch(change -> change instanceof RunEvent.BatchEnded);
    if (ended) {
      report.members().forEach(outcome -> passOn(live, outcome, step));
    }
    return decision;
  }

  private static void passOn(LiveRun live, MemberOutcome outcome, Stepping step) {
    long fence = outcome.member().fence();
    switch (outcome.kind()) {
      case LANDED -> onTask(live, outcome, new TaskCommand.Land(fence), step);
      case CONFLICT, RED ->
          onTask(live, outcome, new TaskCommand.Reject(fence, outcome.report()), step);
      case LEFT -> {}
    }
  }

  private static void onTask(
      LiveRun live, MemberOutcome outcome, TaskCommand command, Stepping step) {
    step.decide(live, new RunCommand.OnTask(outcome.member().task(), command));
  }

  /** Lets follow what follows for the queues of all runs that something has happened to. */
  static void settle(Stepping step) {
    for (LiveRun live : step.integrating()) {
      boolean goesOn = true;
      while (goesOn) {
        int integration = live.run().integration();
        long fence = live.run().life(integration).state().liveFence();
        RunDecision decision = step.decide(live, new RunCommand.SettleMerges());
        goesOn = decision instanceof RunDecision.Accepted a && !a.changes().isEmpty();
        if (fence != 0 && live.run().life(integration).state().liveFence() != fence) {
          TaskRef ref = new TaskRef(live.run().spec().id(), Integration.TASK, fence);
          step.tellHolder(live, integration, new GatewaySays.LeaseLost(ref));
        }
      }
    }
  }
}
