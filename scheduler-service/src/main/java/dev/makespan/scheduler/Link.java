package dev.makespan.scheduler;

import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;

/** The way to the agents of one gateway. No method blocks; after its end none does anything. */
public interface Link {

  /** The shard that it leads to. */
  int shard();

  /** The name of the gateway that it comes from. */
  String gateway();

  /** The first thing said. */
  void welcome(long generation);

  /** The owner is there. */
  void beat();

  void say(SessionId session, GatewaySays message);

  void closeSession(SessionId session, String reason);

  /** One message was taken in: the gateway may send another. */
  void taken();

  /** The shard is not ours any more. */
  void lost(String reason);
}
