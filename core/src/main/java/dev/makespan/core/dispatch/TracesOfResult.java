package dev.makespan.core.dispatch;

import dev.makespan.core.session.AgentSays;
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
        new Traces.Usage(
            result.usage().inputTokens(), result.usage().outputTokens(), result.usage().cost()));
  }
}
