package dev.makespan.gateway;

import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionMove.Ending;

/** The stream of one agent, as its session sees it. Used from the stream's own thread alone. */
public interface AgentStream {

  /** Whether a message would leave at once rather than wait in memory. */
  boolean isReady();

  void send(GatewaySays message);

  void close(Ending ending, String reason);

  /** Lets one more message in. */
  void request();
}
