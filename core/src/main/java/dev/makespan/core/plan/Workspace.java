package dev.makespan.core.plan;

import org.jspecify.annotations.Nullable;

/**
 * Where the work is done.
 *
 * @param repository a path or URL
 * @param base the branch or commit that work starts from
 * @param branch pattern of attempts' branches; null: the default
 * @param verify a shell command that a merged batch must pass; null: nothing
 * @param regenerate a shell command that makes files anew whose policy is {@link
 *     FilePolicy.Kind#REGENERATE}; null: the side that landed first stays
 */
public record Workspace(
    String repository,
    String base,
    @Nullable String branch,
    @Nullable String verify,
    @Nullable String regenerate) {}
