package dev.makespan.gateway;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;

/**
 * The scheduler at the other end of the link. What is said while the link is down is lost; every
 * session is announced again when it is back.
 */
public interface Scheduler {

  /** Whether there is room for more; {@link Sessions#resume} is called when there is again. */
  boolean takes();

  void opened(AgentSays.Hello hello);

  /** Whether it is on its way. */
  boolean said(SessionId session, AgentSays message);

  void closed(SessionId session, String reason);
}
