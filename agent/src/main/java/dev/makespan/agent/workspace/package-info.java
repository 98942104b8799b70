/**
 * Where an attempt works: a bare cache for each repository, a worktree and a branch for each
 * attempt, and what is looked at when it is over. Git is its command line (decision 0016).
 */
@NullMarked
package dev.makespan.agent.workspace;

import org.jspecify.annotations.NullMarked;
