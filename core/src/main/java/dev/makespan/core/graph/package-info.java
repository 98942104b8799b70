/**
 * A plan's needs as dense ints: what every pass of the planner walks over. No recursion, O(tasks +
 * needs) memory.
 */
@NullMarked
package dev.makespan.core.graph;

import org.jspecify.annotations.NullMarked;
