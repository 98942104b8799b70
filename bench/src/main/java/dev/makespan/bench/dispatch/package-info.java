/**
 * The suite under load, through the whole path: clients, the planner, the scheduler with its
 * PostgreSQL, the gateway, and agents in this process that answer at once. {@link
 * dev.makespan.bench.dispatch.DispatchBench} is the command.
 */
@NullMarked
package dev.makespan.bench.dispatch;

import org.jspecify.annotations.NullMarked;
