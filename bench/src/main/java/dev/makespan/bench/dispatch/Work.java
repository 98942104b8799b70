package dev.makespan.bench.dispatch;

import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ResultAck;

/** What the agents of a fleet do with assignments. Called on the fleet's one thread. */
interface Work {

  /** Agents that are there and get nothing to do. */
  Work NONE =
      new Work() {
        @Override
        public void assigned(AgentSession session, Assign assignment) {}

        @Override
        public void acknowledged(AgentSession session, ResultAck ack) {}
      };

  void assigned(AgentSession session, Assign assignment);

  void acknowledged(AgentSession session, ResultAck ack);
}
