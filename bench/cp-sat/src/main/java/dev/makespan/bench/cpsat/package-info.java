/** OR-Tools' CP-SAT as a yardstick for the planner's own search. */
@NullMarked
package dev.makespan.bench.cpsat;

import org.jspecify.annotations.NullMarked;
