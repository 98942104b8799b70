package dev.makespan.planner.grpc;

import dev.makespan.core.run.BudgetChange;
import dev.makespan.formats.run.BudgetProto;
import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.RunChange;
import dev.makespan.planner.RunChanges;
import dev.makespan.planner.Violation;
import dev.makespan.proto.run.v1.ResumeRunRequest;
import java.util.List;

/** What a client wants of a budget, from its message. */
final class BudgetChanges {

  private BudgetChanges() {}

  static Answer<ObservedRun> resume(RunChanges changes, ResumeRunRequest request) {
    BudgetChange budget;
    try {
      budget = BudgetProto.fromProto(request.getBudget());
    } catch (IllegalArgumentException e) {
      return Answer.refused(
          Refusal.invalid(List.of(Violation.of("budget", String.valueOf(e.getMessage())))));
    }
    return changes.change(request.getRunId(), new RunChange.Resume(budget, request.getBy()));
  }
}
