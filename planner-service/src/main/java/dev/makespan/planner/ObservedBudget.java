package dev.makespan.planner;

import dev.makespan.core.plan.Budget;

/**
 * What a run may use and has used.
 *
 * @param agentHours in plan time
 * @param exhausted which limit is reached, as a clause; empty: none is
 */
public record ObservedBudget(
    Budget limit, long tokens, double cost, double agentHours, String exhausted) {}
