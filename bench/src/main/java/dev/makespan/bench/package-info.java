/**
 * Measures the planner: schedules of instances with known results against those results, and large
 * generated plans against the clock. The suite under load is measured in {@code dispatch}.
 */
@NullMarked
package dev.makespan.bench;

import org.jspecify.annotations.NullMarked;
