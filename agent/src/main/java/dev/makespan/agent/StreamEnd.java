package dev.makespan.agent;

/** Why a stream has ended. */
sealed interface StreamEnd {

  /** For people. */
  String reason();

  /** It is worth another try. */
  record Lost(String reason) implements StreamEnd {}

  /** The gateway does not want what was said; fatal when it was the Hello. */
  record Rejected(String reason) implements StreamEnd {}

  /** A newer session of the same agent is at work. */
  record Replaced(String reason) implements StreamEnd {}

  /** Whoever is there is no gateway. */
  record NoGateway(String reason) implements StreamEnd {}
}
