/**
 * Runs plans. One thread per owned shard decides; what it decides is journaled in groups, and
 * nothing is said to anybody before its group is durable.
 */
@NullMarked
package dev.makespan.scheduler;

import org.jspecify.annotations.NullMarked;
