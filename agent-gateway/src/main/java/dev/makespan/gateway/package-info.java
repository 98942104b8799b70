/**
 * The agents' door. Streams of agents on one side, one link to the scheduler on the other; sessions
 * are kept by core's rules. Owns nothing that must survive it: after a restart agents come back and
 * say what they hold.
 */
@NullMarked
package dev.makespan.gateway;

import org.jspecify.annotations.NullMarked;
