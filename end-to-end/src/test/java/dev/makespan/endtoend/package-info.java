/**
 * What users do, with what was packaged: the launcher, the suite as processes, simulated agents;
 * and what goes wrong: processes killed in mid-run.
 */
@NullMarked
package dev.makespan.endtoend;

import org.jspecify.annotations.NullMarked;
