package dev.makespan.core.dispatch;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.Traces;

/** What a result tells of what was touched, made and used, as the history keeps it. */
final class TracesOfResult {

  private TracesOfResult() {}

  static Traces of(AgentSays.Result result) {
    return Traces.of(
        result.files(),
        result.artifacts().stream()
            .map(made -> new Traces.Artifact(made.name(), made.sha256(), made.bytes()))
            .toList(),
        usage(result.usage()));
  }

  static Traces.Usage usage(Usage usage) {
    return usage.equals(Usage.NONE)
        ? Traces.Usage.NONE
        : new Traces.Usage(usage.inputTokens(), usage.outputTokens(), usage.cost());
  }
}
