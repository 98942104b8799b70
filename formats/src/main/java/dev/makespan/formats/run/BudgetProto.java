package dev.makespan.formats.run;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.run.BudgetChange;
import dev.makespan.core.run.BudgetView;
import dev.makespan.core.run.Exhausted;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.proto.run.v1.RunBudget;

/** Budgets of runs to and from proto. */
public final class BudgetProto {

  private BudgetProto() {}

  static RunBudget toProto(BudgetView view) {
    Exhausted exhausted = view.exhausted();
    return RunBudget.newBuilder()
        .setLimit(PlanProto.toProto(view.limit()))
        .setTokens(view.spent().tokens())
        .setCost(view.spent().cost())
        .setAgentHours(view.spent().agentHours())
        .setExhausted(exhausted == null ? "" : exhausted.text())
        .build();
  }

  /** The limits of a run. */
  public static Budget limit(RunBudget budget) {
    return PlanProto.fromProto(budget.getLimit());
  }

  public static dev.makespan.proto.run.v1.BudgetChange toProto(BudgetChange change) {
    var message = dev.makespan.proto.run.v1.BudgetChange.newBuilder();
    if (change.tokens() != null) {
      message.setTokens(change.tokens());
    }
    if (change.cost() != null) {
      message.setCost(change.cost());
    }
    if (change.agentHours() != null) {
      message.setAgentHours(change.agentHours());
    }
    return message.build();
  }

  /**
   * Other limits.
   *
   * @throws IllegalArgumentException of what is no limit
   */
  public static BudgetChange fromProto(dev.makespan.proto.run.v1.BudgetChange change) {
    return new BudgetChange(
        change.hasTokens() ? change.getTokens() : null,
        change.hasCost() ? change.getCost() : null,
        change.hasAgentHours() ? change.getAgentHours() : null);
  }
}
