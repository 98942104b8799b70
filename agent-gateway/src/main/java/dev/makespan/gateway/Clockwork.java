package dev.makespan.gateway;

import java.util.concurrent.ScheduledExecutorService;

/** The gateway's own thread for what is timed; a type of its own, since Quarkus has such a bean. */
public record Clockwork(ScheduledExecutorService timer) {}
