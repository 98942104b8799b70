package dev.makespan.core.dispatch;

import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.RunId;
import java.util.List;

/** What a shard is told. */
public sealed interface ShardInput {

  /** A client wants a run; its id is new. */
  record StartRun(RunSpec spec) implements ShardInput {}

  /** A client wants something of a run; never a start or its end. */
  record ChangeRun(RunId run, RunCommand command) implements ShardInput {}

  /**
   * A client wants something of a run that ended and was forgotten.
   *
   * @param run as its journal says; opened here unless it is here
   */
  record ReopenRun(Run run, RunCommand command) implements ShardInput {}

  /** A client wants an end. */
  record CancelRun(RunId run, String reason) implements ShardInput {}

  /** An agent's session is here, or is said again after a link was lost. */
  record SessionOpened(AgentSays.Hello hello) implements ShardInput {}

  /** A message of a session, checked for its order; never a Hello. */
  record AgentSaid(SessionId session, AgentSays message) implements ShardInput {}

  /**
   * A result that came beside the stream.
   *
   * @param session whose name the effects carry; need not be open
   */
  record ResultReported(SessionId session, AgentSays.Result result) implements ShardInput {}

  /** Operators let these take no new work, and nobody else. */
  record AgentsPaused(List<AgentPause> all) implements ShardInput {
    public AgentsPaused {
      all = List.copyOf(all);
    }
  }

  /** The stream of a session has ended. */
  record SessionClosed(SessionId session, String reason) implements ShardInput {}

  /** Time has passed. */
  record Tick() implements ShardInput {}
}
