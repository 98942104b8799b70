package dev.makespan.scheduler;

/**
 * One scheduler process.
 *
 * @param name unlike that of any other process, ever
 * @param address {@code host:port} where planners and gateways reach it; empty: it does not say
 */
public record Member(String name, String address) {}
