package dev.makespan.core.run;

import dev.makespan.core.plan.Budget;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use and has used, as clients see it.
 *
 * @param exhausted the first limit that is reached; null: none is
 */
public record BudgetView(Budget limit, Spent spent, @Nullable Exhausted exhausted) {}
