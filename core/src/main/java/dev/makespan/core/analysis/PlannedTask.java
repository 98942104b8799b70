package dev.makespan.core.analysis;

import dev.makespan.core.plan.TaskId;
import java.time.Duration;

/**
 * One task of the schedule; times count from the start of the run.
 *
 * @param slack how far it may slip without moving the finish, by needs alone
 * @param slot the role and the number of its agent, from 1: {@code backend-1}
 */
public record PlannedTask(
    TaskId task, Duration start, Duration finish, Duration slack, boolean critical, String slot) {}
