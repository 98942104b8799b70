package dev.makespan.core.task;

import dev.makespan.core.task.TaskDecision.Accepted;
import dev.makespan.core.task.TaskDecision.Refusal;
import dev.makespan.core.task.TaskDecision.Refused;
import java.util.ArrayList;
import java.util.List;

/** Questions of agents and the answers of people. */
final class BlockerRules {

  private BlockerRules() {}

  static TaskDecision raise(TaskLife life, TaskCommand.RaiseBlocker c) {
    boolean known =
        life.blockers().stream()
            .anyMatch(b -> b.fence() == c.fence() && b.id().equals(c.blocker()));
    if (known) {
      return Accepted.of();
    }
    if (!TaskRules.isWorkedOn(life.state(), c.fence())) {
      return TaskRules.superseded(c.fence(), life.state());
    }
    List<TaskEvent> events = TaskRules.startIfLeased(life.state(), c.fence());
    events.add(new TaskEvent.BlockerRaised(c.fence(), c.blocker(), c.text(), c.keep()));
    return new Accepted(events);
  }

  /** The agent that waited is lost: nobody waits any more, but the questions stand. */
  static TaskDecision leave(TaskLife life, long fence) {
    List<TaskEvent> events = new ArrayList<>();
    for (Blocker open : life.openBlockers()) {
      events.add(new TaskEvent.BlockerRaised(fence, open.id(), open.text(), false));
    }
    return new Accepted(events);
  }

  static TaskDecision answer(TaskLife life, TaskCommand.AnswerBlocker c) {
    List<Blocker> open = life.openBlockers();
    List<Blocker> meant =
        open.stream().filter(b -> c.blocker().isEmpty() || b.id().equals(c.blocker())).toList();
    if (meant.size() != 1) {
      return saidBefore(life, c) ? Accepted.of() : unclear(c, open);
    }
    List<TaskEvent> events = new ArrayList<>();
    events.add(new TaskEvent.BlockerAnswered(meant.getFirst().id(), c.text(), c.by()));
    boolean comesFree =
        life.state() instanceof TaskState.Held held && held.keptFence() == 0 && open.size() == 1;
    if (comesFree) {
      events.add(new TaskEvent.Ready());
    }
    return new Accepted(events);
  }

  private static boolean saidBefore(TaskLife life, TaskCommand.AnswerBlocker c) {
    return life.blockers().stream()
        .anyMatch(b -> {
          Blocker.Answer answer = b.answer();
          return answer != null && b.id().equals(c.blocker()) && answer.text().equals(c.text());
        });
  }

  private static Refused unclear(TaskCommand.AnswerBlocker c, List<Blocker> open) {
    List<String> ids = open.stream().map(Blocker::id).toList();
    String wanted = c.blocker().isEmpty() ? "one open blocker" : "blocker '" + c.blocker() + "'";
    return new Refused(
        Refusal.INVALID,
        "expected " + wanted + ", open " + (ids.isEmpty() ? "is none" : "are " + ids));
  }
}
