/**
 * The clients' door. Use cases stand here: {@link dev.makespan.planner.Plans} and {@link
 * dev.makespan.planner.Runs}, over small ports; they block, and run on virtual threads. {@code
 * grpc} and {@code rest} are the doors, {@code store} and {@code scheduler} what lies behind.
 */
@NullMarked
package dev.makespan.planner;

import org.jspecify.annotations.NullMarked;
