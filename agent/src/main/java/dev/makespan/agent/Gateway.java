package dev.makespan.agent;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.TaskRef;

/** The other side, as an agent sees it. */
interface Gateway extends AutoCloseable {

  /** Opens a stream; what it brings is told to {@code listener}, from any thread. */
  Stream connect(Listener listener);

  /** Reports a result beside the stream; the answer, if any comes, is told to {@code listener}. */
  void report(AgentSays.Hello identity, AgentSays.Result result, Listener listener);

  /** Of the gateway that the newest stream leads to, whichever that is at the time. */
  Bulk bulk();

  @Override
  void close();

  /** The agent's half of a stream. */
  interface Stream {

    /** Nothing happens when the stream is over. */
    void say(AgentSays message);

    /** No more is said. */
    void leave();

    /** Ends it from this side. */
    void hangUp(String reason);
  }

  /** The gateway's half of a stream. */
  interface Listener {
    void said(GatewaySays message);

    /** An assignment has come, but what it names can't be had. */
    void missed(TaskRef task, String reason);

    void ended(StreamEnd end);
  }
}
