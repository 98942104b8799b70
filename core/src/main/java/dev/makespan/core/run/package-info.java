/**
 * One run of a plan: its tasks' lives and what follows from one for the others. Commands are
 * decided\n * against the state, events are applied to it, and a run is rebuilt by applying its
 * events again.
 */
@NullMarked
package dev.makespan.core.run;

import org.jspecify.annotations.NullMarked;
