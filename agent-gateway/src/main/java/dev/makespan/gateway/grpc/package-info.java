/** The wire of the gateway: agents in, the scheduler out. No rule lives here. */
@NullMarked
package dev.makespan.gateway.grpc;

import org.jspecify.annotations.NullMarked;
