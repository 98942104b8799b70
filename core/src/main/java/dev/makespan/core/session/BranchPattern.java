package dev.makespan.core.session;

import dev.makespan.core.plan.Workspace;
import dev.makespan.core.task.TaskRef;

/**
 * How the branch of an attempt is called: never as that of another attempt, so that whoever was
 * replaced writes where nobody looks.
 */
public final class BranchPattern {

  private static final String DEFAULT = "makespan/{run}/{task}/{fence}";
  private static final String FENCE = "{fence}";

  private BranchPattern() {}

  /**
   * The pattern of the plan knows {run}, {task} or {id}, and {fence}, which it gets in any case.
   */
  public static String branch(Workspace workspace, TaskRef ref) {
    String said = workspace.branch();
    String pattern = said == null ? DEFAULT : said;
    String fenced = pattern.contains(FENCE) ? pattern : pattern + "/" + FENCE;
    return fenced
        .replace("{run}", ref.run().toString())
        .replace("{task}", ref.task().value())
        .replace("{id}", ref.task().value())
        .replace(FENCE, Long.toString(ref.fence()));
  }
}
