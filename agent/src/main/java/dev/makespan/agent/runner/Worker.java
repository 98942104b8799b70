package dev.makespan.agent.runner;

import dev.makespan.agent.workspace.AttemptProblem;
import java.io.IOException;

/** Does tasks in this process, one call for one attempt. What else an agent has to do is done. */
@FunctionalInterface
public interface Worker {

  /**
   * Does the work, on a thread of its own. It is interrupted when the work is to stop.
   *
   * @return what it made, beside the files that it leaves in {@link Assignment#folder()}
   * @throws AttemptProblem the work failed, for now or for good
   * @throws IOException it failed, and another attempt may fare better
   */
  Done work(Assignment assignment) throws AttemptProblem, IOException, InterruptedException;
}
