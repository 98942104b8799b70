package dev.makespan.core.session;

/** What the gateway's end of a session does next. */
public sealed interface SessionMove {

  /** Say to the scheduler that the session is here, with all that its agent holds. */
  record Announce(AgentSays.Hello hello) implements SessionMove {}

  /** Pass this on to the scheduler, or answer it in the agent's place. */
  record Forward(AgentSays message) implements SessionMove {}

  /** Say this to the agent. */
  record Tell(GatewaySays message) implements SessionMove {}

  /** End the stream; the last move. */
  record Close(Ending ending, String reason) implements SessionMove {}

  /** Why a stream is ended. */
  enum Ending {
    /** The Hello makes no sense. */
    MALFORMED,
    /** The agent speaks another protocol version. */
    OTHER_VERSION,
    /** A message came where another was due. */
    OUT_OF_ORDER,
    /** A newer stream or a newer session has taken the place. */
    REPLACED,
    /** Nobody can serve the agent now; it may come back. */
    UNAVAILABLE,
    /** Nothing was heard for too long. */
    SILENT,
    /** The agent does not read what it is told. */
    SLOW,
    /** The agent says more than {@link SessionLimits} allow. */
    FLOODING
  }
}
