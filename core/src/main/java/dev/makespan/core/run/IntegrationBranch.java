package dev.makespan.core.run;

import dev.makespan.core.task.RunId;

/** Where people find what has landed; moved forward only, once what it is moved to is journaled. */
public final class IntegrationBranch {

  private IntegrationBranch() {}

  /** Of a run. */
  public static String of(RunId run) {
    return "makespan/" + run + "/integration";
  }
}
