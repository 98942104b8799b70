package dev.makespan.core.dispatch;

import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;

/** What is to be done once the events of the same step are durable, in this order. */
public sealed interface Effect {

  /** Say this to an agent. A session that is gone meanwhile hears nothing. */
  record Tell(SessionId session, GatewaySays message) implements Effect {}

  /** End an agent's stream. */
  record CloseSession(SessionId session, String reason) implements Effect {}
}
