package dev.makespan.core.run;

import dev.makespan.core.plan.Budget;
import org.jspecify.annotations.Nullable;

/**
 * Other limits for a run. What is null stays as it is.
 *
 * @param tokens 0: no limit
 * @param cost 0: no limit
 * @param agentHours 0: no limit
 */
public record BudgetChange(
    @Nullable Long tokens, @Nullable Double cost, @Nullable Double agentHours) {

  /** More is not a limit but a mistake. */
  public static final double MAX = 1e15;

  /** Every limit stays. */
  public static final BudgetChange NONE = new BudgetChange(null, null, null);

  public BudgetChange {
    require(tokens == null || (tokens >= 0 && tokens <= MAX), "tokens", tokens);
    require(cost == null || (cost >= 0 && cost <= MAX), "cost", cost);
    require(
        agentHours == null || (agentHours >= 0 && agentHours <= MAX), "agent-hours", agentHours);
  }

  private static void require(boolean holds, String what, @Nullable Object was) {
    if (!holds) {
      throw new IllegalArgumentException(
          "budget: " + what + ": expected 0 to " + (long) MAX + ", was " + was);
    }
  }

  public boolean isEmpty() {
    return equals(NONE);
  }

  Budget appliedTo(Budget before) {
    return new Budget(
        tokens == null ? before.tokens() : tokens,
        cost == null ? before.cost() : cost,
        agentHours == null ? before.agentHours() : agentHours);
  }
}
