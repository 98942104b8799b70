package dev.makespan.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * Why a shard can't be spoken to here.
 *
 * @param owner {@code host:port} of who can be asked instead; null: nobody is known
 */
public record NotHere(int shard, String message, @Nullable String owner) {}
