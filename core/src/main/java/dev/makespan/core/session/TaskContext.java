package dev.makespan.core.session;

import dev.makespan.core.plan.TaskId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an attempt may want to know beside its task.
 *
 * @param plan by name
 * @param checkpoint where the last attempt was, in that agent's own words; empty: none is known
 * @param predecessors whose work it builds upon, in the plan's order
 * @param predecessorsLeftOut so many more were too many to list
 * @param accepted work of tasks that were needed, to be in the base of the worktree; of all of them
 */
public record TaskContext(
    String plan,
    String planTitle,
    String checkpoint,
    List<Predecessor> predecessors,
    int predecessorsLeftOut,
    List<AcceptedWork> accepted) {

  /** Nothing is known. */
  public static final TaskContext NONE = new TaskContext("", "", "", List.of(), 0, List.of());

  public TaskContext {
    predecessors = List.copyOf(predecessors);
    accepted = List.copyOf(accepted);
  }

  /**
   * A task that was needed.
   *
   * @param metrics that its accepted result reported
   * @param outputs that it reported, too
   */
  public record Predecessor(
      TaskId task, String title, Map<String, Double> metrics, Map<String, String> outputs) {
    public Predecessor {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
      outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
  }
}
