package dev.makespan.core.learn;

import dev.makespan.core.plan.TaskId;
import java.util.List;

/**
 * What one attempt changed, as its agent reported it.
 *
 * @param accepted the attempt is what made its task done
 * @param files paths relative to the workspace; none: the agent said nothing, or changed nothing
 * @param complete no path was left out
 */
public record TouchedFiles(
    TaskId task,
    int attempt,
    String agent,
    boolean accepted,
    List<String> files,
    boolean complete) {

  public TouchedFiles {
    files = List.copyOf(files);
  }
}
