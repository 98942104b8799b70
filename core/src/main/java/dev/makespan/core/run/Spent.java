package dev.makespan.core.run;

/**
 * What was used so far.
 *
 * @param tokens read and written
 * @param cost in the plan's currency
 * @param agentHours from lease to the end of the work, in plan time
 */
public record Spent(long tokens, double cost, double agentHours) {}
