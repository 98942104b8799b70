package dev.makespan.core.merge;

import dev.makespan.core.plan.TaskId;

/**
 * The accepted work of a task in a batch.
 *
 * @param fence of the accepted attempt
 */
public record BatchMember(TaskId task, long fence) {}
