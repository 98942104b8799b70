package dev.makespan.core.dispatch;

import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunDecision;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.Blocker;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskState;
import org.jspecify.annotations.Nullable;

/** What clients want of live runs, and what agents have to hear of it. */
final class ClientRules {

  private final Books books;
  private final AgentRules agents;

  ClientRules(Books books, AgentRules agents) {
    this.books = books;
    this.agents = agents;
  }

  /** Whether it is refused; null: it has happened. */
  Outcome.@Nullable Refused cancel(ShardInput.CancelRun input, Stepping step) {
    LiveRun live = books.findRun(input.run());
    if (live == null) {
      return unknownRun(input.run());
    }
    if (step.decide(live, new RunCommand.Cancel(input.reason()))
        instanceof RunDecision.Refused refused) {
      return new Outcome.AlreadyFinished(refused.message());
    }
    for (int task = 0; task < live.run().places(); task++) {
      tellToStop(live, task, step);
    }
    return null;
  }

  /** Whether it is refused; null: it has happened, or had happened before. */
  Outcome.@Nullable Refused change(ShardInput.ChangeRun input, Stepping step) {
    LiveRun live = books.findRun(input.run());
    if (live == null) {
      return unknownRun(input.run());
    }
    boolean strange =
        input.command() instanceof RunCommand.OnTask c && !live.run().contains(c.task());
    RunDecision decision = step.decide(live, input.command());
    if (decision instanceof RunDecision.Refused refused) {
      return strange
          ? new Outcome.UnknownTask(refused.message())
          : live.run().state().isFinal()
              ? new Outcome.AlreadyFinished(refused.message())
              : new Outcome.NotPossible(refused.message(), refused.problems());
    }
    if (input.command() instanceof RunCommand.OnTask c) {
      int task = live.run().indexOf(c.task());
      tellToStop(live, task, step);
      if (c.command() instanceof TaskCommand.AnswerBlocker answer) {
        tellAnswers(live, task, answer, step);
      }
    }
    return null;
  }

  /** To the attempt that waits; said to the answered question, or to all of them again. */
  private void tellAnswers(
      LiveRun live, int task, TaskCommand.AnswerBlocker answer, Stepping step) {
    TaskLife life = live.run().life(task);
    long fence = life.state().liveFence();
    Agent agent = fence == 0 ? null : books.fleet().findAgent(life.attempts().getLast().agent());
    SessionId session = agent == null ? null : agent.findSession();
    if (session == null) {
      return;
    }
    for (Blocker blocker : life.blockers()) {
      boolean meant = answer.blocker().isEmpty() || blocker.id().equals(answer.blocker());
      if (meant && blocker.fence() == fence) {
        agents.tellAnswer(session, books.refOf(live, task, fence), blocker, step);
      }
    }
  }

  private static Outcome.UnknownRun unknownRun(Object run) {
    return new Outcome.UnknownRun("run " + run + " is not known");
  }

  private void tellToStop(LiveRun live, int task, Stepping step) {
    if (live.run().life(task).state() instanceof TaskState.Cancelling s) {
      step.tellHolder(live, task, agents.cancel(books.refOf(live, task, s.fence())));
    }
  }
}
