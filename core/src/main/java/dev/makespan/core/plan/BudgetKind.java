package dev.makespan.core.plan;

/** What a budget limits. */
public enum BudgetKind {
  /** Read and written by models together. */
  TOKENS,
  /** In the plan's currency. */
  COST,
  /** Of agents, from lease to the end of the work, in plan time. */
  AGENT_HOURS;

  /** As the plan file writes it. */
  public String key() {
    return switch (this) {
      case TOKENS -> "tokens";
      case COST -> "cost";
      case AGENT_HOURS -> "agent-hours";
    };
  }
}
