package dev.makespan.scheduler;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;

/** What a gateway says about its agents. */
public sealed interface LinkInput {

  /** An agent is here, or is said again. */
  record Opened(AgentSays.Hello hello) implements LinkInput {}

  /** An agent said something. */
  record Said(SessionId session, AgentSays message) implements LinkInput {}

  /** An agent's stream has ended. */
  record Closed(SessionId session, String reason) implements LinkInput {}
}
