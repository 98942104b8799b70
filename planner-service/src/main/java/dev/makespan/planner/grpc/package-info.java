/** The door for gRPC: messages in, use cases, messages out. */
@NullMarked
package dev.makespan.planner.grpc;

import org.jspecify.annotations.NullMarked;
