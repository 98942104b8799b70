package dev.makespan.core.dispatch;

import java.time.Instant;

/**
 * An operator's word that an agent, or all agents as far as they have a role, take no new work.
 *
 * @param name of the agent or of the role
 * @param reason empty: none was given
 */
public record AgentPause(Kind kind, String name, String reason, String by, Instant since) {

  /** What is paused. */
  public enum Kind {
    AGENT,
    ROLE
  }
}
