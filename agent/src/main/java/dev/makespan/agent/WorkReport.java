package dev.makespan.agent;

import dev.makespan.core.session.AgentSays.GateReport;
import dev.makespan.core.session.AgentSays.Outcome;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How work ended.
 *
 * @param message one line for people
 * @param metrics what was measured
 * @param gates one report for each of the assignment's gates
 * @param files paths that were changed, relative to the workspace
 */
public record WorkReport(
    Outcome outcome,
    String message,
    Map<String, Double> metrics,
    List<GateReport> gates,
    List<String> files) {

  public WorkReport {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    gates = List.copyOf(gates);
    files = List.copyOf(files);
  }
}
