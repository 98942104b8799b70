/**
 * The reference agent, and the library to write another: implement {@link
 * dev.makespan.agent.Runner}, give it to an {@link dev.makespan.agent.Agent}, and the session, its
 * leases, reconnects and unacknowledged results are taken care of.
 */
@NullMarked
package dev.makespan.agent;

import org.jspecify.annotations.NullMarked;
