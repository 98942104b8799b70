/**
 * The agent's stream: what its two ends say, and the session as a machine without I/O that checks
 * the\n * order of it.
 */
@NullMarked
package dev.makespan.core.session;

import org.jspecify.annotations.NullMarked;
