package dev.makespan.core.session;

import dev.makespan.core.plan.FilePattern;
import java.util.List;

/**
 * Where an attempt works: in a worktree of its own, on a branch of its own.
 *
 * @param repository a path, or a URL without a password
 * @param base the branch, tag or commit that the work starts from, or HEAD
 * @param branch of this attempt alone
 * @param appends files whose additions commute
 * @param regenerates files that are made anew at integration, so that they never conflict
 */
public record AttemptWorkspace(
    String repository,
    String base,
    String branch,
    List<FilePattern> appends,
    List<FilePattern> regenerates) {

  public AttemptWorkspace {
    appends = List.copyOf(appends);
    regenerates = List.copyOf(regenerates);
  }
}
