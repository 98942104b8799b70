package dev.makespan.scheduler;

import dev.makespan.core.dispatch.AgentView;

/**
 * An agent and the way to it.
 *
 * @param gateway empty: it is not connected
 */
public record AgentHere(AgentView agent, String gateway, int shard) {}
