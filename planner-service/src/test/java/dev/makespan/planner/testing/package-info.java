/** What the planner's tests stand on: a scheduler that pretends, and plans to create. */
@org.jspecify.annotations.NullMarked
package dev.makespan.planner.testing;
