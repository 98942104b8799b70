package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Need;
import dev.makespan.core.run.Run;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which agent has a task's surroundings warm: the one that had the last task of the same label, or
 * else the one that did what the task needed last. A preference, never a condition.
 */
final class Affinity {

  private final Run run;
  private final String label;
  private final Map<String, AgentId> agents = new LinkedHashMap<>();

  Affinity(Run run) {
    this.run = run;
    this.label = run.spec().plan().dispatching().affinity();
  }

  /** An agent has got {@code task}. */
  void began(int task, AgentId agent) {
    String value = label.isEmpty() ? null : labelOf(task);
    if (value != null) {
      agents.put(value, agent);
    }
  }

  private @Nullable String labelOf(int task) {
    return run.task(task).placement().labels().get(label);
  }

  /** Whom to prefer; null: nobody. */
  @Nullable AgentId findPreferred(int task) {
    String value = label.isEmpty() ? null : labelOf(task);
    AgentId agent = value == null ? null : agents.get(value);
    return agent == null ? findAgentBefore(task) : agent;
  }

  private @Nullable AgentId findAgentBefore(int task) {
    AgentId agent = null;
    Instant latest = Instant.MIN;
    for (Need need : run.task(task).needs()) {
      TaskLife before = run.life(run.indexOf(need.task()));
      boolean later = before.state() instanceof TaskState.Done done && !done.at().isBefore(latest);
      if (later && before.state() instanceof TaskState.Done done && !before.attempts().isEmpty()) {
        latest = done.at();
        agent = before.attempts().getLast().agent();
      }
    }
    return agent;
  }
}
