/**
 * The agent's stream: what its two ends say, and each end as a machine without I/O. {@link
 * dev.makespan.core.session.GatewaySession} checks the order of what an agent says, {@link
 * dev.makespan.core.session.AgentSession} knows what an agent holds and owes.
 */
@NullMarked
package dev.makespan.core.session;

import org.jspecify.annotations.NullMarked;
