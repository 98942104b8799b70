/** The scheduler's door: messages in, use cases called, answers out on the caller's context. */
@NullMarked
package dev.makespan.scheduler.grpc;

import org.jspecify.annotations.NullMarked;
