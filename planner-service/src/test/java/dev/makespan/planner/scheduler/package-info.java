/** The planner beside several replicas of the scheduler. */
@NullMarked
package dev.makespan.planner.scheduler;

import org.jspecify.annotations.NullMarked;
