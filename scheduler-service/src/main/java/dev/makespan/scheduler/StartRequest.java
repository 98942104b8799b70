package dev.makespan.scheduler;

import dev.makespan.core.plan.Plan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client wants to run.
 *
 * @param bodyHash of everything but the request id, in hex
 * @param plan with its parameters bound
 * @param encodedPlan the same
 */
public record StartRequest(
    String requestId,
    String bodyHash,
    Plan plan,
    EncodedPlan encodedPlan,
    int planVersion,
    Map<String, String> parameters,
    boolean simulated,
    double speed,
    int weight) {

  public StartRequest {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
