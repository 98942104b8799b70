package dev.makespan.planner;

import dev.makespan.core.plan.Role;
import dev.makespan.core.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why tasks of a run are not running, as the scheduler tells it. */
public interface ObservedExplanation {

  long runId();

  RunState state();

  Instant at();

  List<ExplainedTask> tasks();

  /** So many more were too many to list. */
  int tasksLeftOut();

  /** Slots of the agents that are connected and take tasks, by role of the run's tasks. */
  Map<Role, AgentCount> roles();

  /** Agents of one role. */
  record AgentCount(int agents, int slots, int free) {}

  /**
   * One task.
   *
   * @param earliestStart null: nobody can say
   */
  record ExplainedTask(
      String task, String state, List<ExplainedReason> reasons, @Nullable Instant earliestStart) {
    public ExplainedTask {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * One reason.
   *
   * @param kind a stable name for programs, such as {@code lock-held}
   * @param text all of it as a sentence
   * @param expectedAt when it is expected to be over; null: nobody can say
   * @param facts what it is about, by name
   */
  record ExplainedReason(
      String kind, String text, @Nullable Instant expectedAt, Map<String, Object> facts) {}
}
