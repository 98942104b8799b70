package dev.makespan.gateway;

import dev.makespan.core.session.GatewaySays;
import java.util.ArrayDeque;
import java.util.Queue;

/** What waits for an agent to read. Bounded: a slow reader must not grow the heap. */
final class Outbox {

  private final Queue<GatewaySays> waiting = new ArrayDeque<>();
  private final int limit;

  Outbox(int limit) {
    this.limit = limit;
  }

  /** False: the agent is too slow. */
  boolean offer(GatewaySays message, AgentStream stream) {
    if (waiting.isEmpty() && stream.isReady()) {
      stream.send(message);
      return true;
    }
    return waiting.size() < limit && waiting.add(message);
  }

  void drain(AgentStream stream) {
    while (!waiting.isEmpty() && stream.isReady()) {
      stream.send(waiting.remove());
    }
  }

  void clear() {
    waiting.clear();
  }
}
