/**
 * Who starts what when: a plan as a resource-constrained project, schedules for it, lower bounds
 * that no schedule beats, and a check that believes none of them.
 */
@NullMarked
package dev.makespan.core.schedule;

import org.jspecify.annotations.NullMarked;
