package dev.makespan.core.plan;

import org.jspecify.annotations.Nullable;

/**
 * A named input of a run.
 *
 * @param defaultValue null: none
 */
public record Parameter(
    String name, String title, boolean required, @Nullable String defaultValue) {}
