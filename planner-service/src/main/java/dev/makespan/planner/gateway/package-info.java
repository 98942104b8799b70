/** The gateways, which keep what attempts have left behind, over gRPC. */
@NullMarked
package dev.makespan.planner.gateway;

import org.jspecify.annotations.NullMarked;
