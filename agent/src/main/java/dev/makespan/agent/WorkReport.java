package dev.makespan.agent;

import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.session.AgentSays.GateReport;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.Usage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How work ended.
 *
 * @param message one line for people
 * @param metrics what was measured
 * @param gates one report for each of the assignment's gates
 * @param files paths that were changed, relative to the workspace
 * @param commit that holds the work; empty: none
 * @param outputs what tasks that need this one are told, name by name
 * @param batch what became of a batch; null: the work was a task of the plan
 */
public record WorkReport(
    Outcome outcome,
    String message,
    Map<String, Double> metrics,
    List<GateReport> gates,
    List<String> files,
    String commit,
    List<MadeArtifact> artifacts,
    Usage usage,
    Map<String, String> outputs,
    @Nullable BatchReport batch) {

  public WorkReport {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    gates = List.copyOf(gates);
    files = List.copyOf(files);
    artifacts = List.copyOf(artifacts);
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** Of a task of the plan. */
  public WorkReport(
      Outcome outcome,
      String message,
      Map<String, Double> metrics,
      List<GateReport> gates,
      List<String> files,
      String commit,
      List<MadeArtifact> artifacts,
      Usage usage,
      Map<String, String> outputs) {
    this(outcome, message, metrics, gates, files, commit, artifacts, usage, outputs, null);
  }

  /** Of a batch. */
  public WorkReport(String message, BatchReport batch) {
    this(
        Outcome.OK,
        message,
        Map.of(),
        List.of(),
        List.of(),
        "",
        List.of(),
        Usage.NONE,
        Map.of(),
        batch);
  }

  /** Of work that leaves nothing but files. */
  public WorkReport(
      Outcome outcome,
      String message,
      Map<String, Double> metrics,
      List<GateReport> gates,
      List<String> files) {
    this(outcome, message, metrics, gates, files, "", List.of(), Usage.NONE, Map.of());
  }
}
