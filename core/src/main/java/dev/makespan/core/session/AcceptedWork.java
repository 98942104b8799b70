package dev.makespan.core.session;

import dev.makespan.core.plan.TaskId;

/**
 * What an accepted result has left in the repository.
 *
 * @param branch where it was pushed to
 * @param commit a hash in hex
 */
public record AcceptedWork(TaskId task, String branch, String commit) {}
