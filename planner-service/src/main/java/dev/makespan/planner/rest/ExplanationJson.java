package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.planner.ObservedExplanation;
import dev.makespan.planner.ObservedExplanation.ExplainedReason;
import dev.makespan.planner.ObservedExplanation.ExplainedTask;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Why tasks of a run are not running; what nobody can say is left out. */
@RegisterForReflection
public record ExplanationJson(
    long run,
    String state,
    Instant time,
    List<TaskJson> tasks,
    int tasksLeftOut,
    List<RoleJson> roles) {

  /** One task that is neither running nor over. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ExplainedTask")
  public record TaskJson(
      String task, String state, List<ReasonJson> reasons, @Nullable Instant earliestStartTime) {
    static TaskJson of(ExplainedTask task) {
      return new TaskJson(
          task.task(),
          task.state(),
          task.reasons().stream().map(ReasonJson::of).toList(),
          task.earliestStart());
    }
  }

  /** One reason; the facts say by name what it is about. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ReasonJson(
      String kind, String text, @Nullable Instant expectedTime, Map<String, Object> facts) {
    static ReasonJson of(ExplainedReason reason) {
      return new ReasonJson(reason.kind(), reason.text(), reason.expectedAt(), reason.facts());
    }
  }

  /** The agents that are connected and take tasks of a role. */
  @RegisterForReflection
  public record RoleJson(String role, int agents, int slots, int free) {}

  static ExplanationJson of(ObservedExplanation explanation) {
    List<RoleJson> roles = new ArrayList<>();
    explanation
        .roles()
        .forEach((role, count) ->
            roles.add(new RoleJson(role.value(), count.agents(), count.slots(), count.free())));
    return new ExplanationJson(
        explanation.runId(),
        RunJson.word(explanation.state()),
        explanation.at(),
        explanation.tasks().stream().map(TaskJson::of).toList(),
        explanation.tasksLeftOut(),
        roles);
  }
}
