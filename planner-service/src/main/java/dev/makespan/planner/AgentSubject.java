package dev.makespan.planner;

/** Whom operators mean: an agent, or all agents as far as they have a role. */
public record AgentSubject(Kind kind, String name) {

  /** What it is the name of. */
  public enum Kind {
    AGENT,
    ROLE
  }
}
