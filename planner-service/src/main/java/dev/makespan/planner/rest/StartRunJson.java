package dev.makespan.planner.rest;

import dev.makespan.planner.Runs;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to run.
 *
 * @param version left out or 0: the newest
 * @param simulate left out: false
 * @param speed plan seconds per real second; left out: 1
 * @param weight its share of agents beside other runs, 1 to 1000; left out: 1
 */
@RegisterForReflection
public record StartRunJson(
    @Nullable String plan,
    @Nullable Integer version,
    @Nullable Map<String, String> parameters,
    @Nullable Boolean simulate,
    @Nullable Double speed,
    @Nullable Integer weight) {

  Runs.Wish wish(String requestId) {
    return new Runs.Wish(
        requestId,
        plan == null ? "" : plan,
        version == null ? 0 : version,
        parameters == null ? Map.of() : parameters,
        simulate != null && simulate,
        speed == null ? 0 : speed,
        weight == null ? 0 : weight);
  }
}
