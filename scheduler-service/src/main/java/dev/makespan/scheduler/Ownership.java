package dev.makespan.scheduler;

/**
 * One process's hold on a shard. Every write names it; a newer one makes it worthless.
 *
 * @param generation grows with every change of ownership
 */
public record Ownership(int shard, long generation) {}
