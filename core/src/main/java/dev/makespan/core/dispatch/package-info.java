/**
 * A shard: all runs of one writer, the agents that are there, and who does what next. Messages
 * and\n * time in; events to make durable and effects to perform after that out.
 */
@NullMarked
package dev.makespan.core.dispatch;

import org.jspecify.annotations.NullMarked;
