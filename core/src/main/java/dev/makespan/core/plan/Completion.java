package dev.makespan.core.plan;

import java.util.List;

/** What must be there for a task to be done. */
public record Completion(
    List<FilePattern> deliverables, List<Artifact> artifacts, List<Gate> gates) {

  /** Nothing is asked for. */
  public static final Completion NONE = new Completion(List.of(), List.of(), List.of());

  public Completion {
    deliverables = List.copyOf(deliverables);
    artifacts = List.copyOf(artifacts);
    gates = List.copyOf(gates);
  }
}
