package dev.makespan.agent.workspace;

/** Who commits when the agent does. */
final class Author {

  static final String NAME = "Makespan agent";

  /** A domain that nobody can have (RFC 2606). */
  static final String EMAIL = "agent@makespan.invalid";

  private Author() {}
}
