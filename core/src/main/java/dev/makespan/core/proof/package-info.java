/**
 * Proofs that no schedule is shorter: a search over bounds of start times that learns from each
 * dead end (lazy clause generation; Schutt, Feydt, Stuckey and Wallace 2011). Knows ints alone.
 */
@NullMarked
package dev.makespan.core.proof;

import org.jspecify.annotations.NullMarked;
