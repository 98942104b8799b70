package dev.makespan.core.session;

import dev.makespan.core.task.TaskRef;
import java.time.Duration;

/** What an agent does next. */
public sealed interface AgentMove {

  /** Say this on the stream. */
  record Say(AgentSays message) implements AgentMove {}

  /**
   * Begin the work; it was accepted.
   *
   * @param attempt from 1
   */
  record Start(TaskRef task, int attempt, TaskSpec spec, TaskContext context)
      implements AgentMove {}

  /**
   * Stop the work; whether it has stopped is to be told by {@link AgentSession#stopped}.
   *
   * @param grace between TERM and KILL; zero: KILL
   */
  record Stop(TaskRef task, Duration grace, String reason) implements AgentMove {}

  /** Hand this to the work, which has asked. */
  record Answered(GatewaySays.Answer answer) implements AgentMove {}

  /** Let the work know. */
  record Warn(TaskRef task, String text) implements AgentMove {}

  /** Report this result beside the stream, which is down. */
  record Report(AgentSays.Result result) implements AgentMove {}

  /** Close the stream, which makes no sense, and open another. */
  record HangUp(String reason) implements AgentMove {}

  /** Open another stream after a jitter, and close this one when the other is welcomed. */
  record MoveOn(String reason) implements AgentMove {}
}
