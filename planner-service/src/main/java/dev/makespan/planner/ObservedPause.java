package dev.makespan.planner;

import java.time.Instant;

/** An agent, or a role of agents, that takes no new work. */
public record ObservedPause(AgentSubject subject, String reason, String by, Instant since) {}
