/** The scheduler-service, from the planner's side: calls that outlast its restarts. */
@NullMarked
package dev.makespan.planner.scheduler;

import org.jspecify.annotations.NullMarked;
