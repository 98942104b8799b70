/** Tests of what the planner asks gateways. */
@NullMarked
package dev.makespan.planner.gateway;

import org.jspecify.annotations.NullMarked;
