package dev.makespan.gateway;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;

/**
 * The scheduler at the other end of the links, one to each shard. What is said while a link is down
 * is lost; every session of the shard is announced again when it is back.
 */
public interface Scheduler {

  /** Whether there is room for more; {@link Sessions#resume} is called when there is again. */
  boolean takes();

  void opened(AgentSays.Hello hello);

  /** Whether it is on its way. */
  boolean said(SessionId session, AgentSays message);

  void closed(SessionId session, String reason);

  /** Whether a session works for a shard; of others it hears nothing but acknowledgements. */
  boolean isHome(SessionId session, int shard);

  /**
   * To be asked from time to time; true: the session is to be announced again, since it looks for
   * work in another shard.
   *
   * @param idle it holds nothing and owes nothing
   */
  boolean movesOn(SessionId session, boolean idle);
}
