package dev.makespan.scheduler;

import dev.makespan.core.run.RunSpec;

/**
 * A run to be inserted.
 *
 * @param plan the spec's plan
 * @param requestId of the client's request, used once
 * @param shard that decides about it
 * @param bodyHash of the rest of the request, in hex
 */
public record NewRun(
    RunSpec spec, EncodedPlan plan, int shard, String requestId, String bodyHash) {}
