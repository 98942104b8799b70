package dev.makespan.planner.rest;

import dev.makespan.planner.RunChange;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A person's answer to an agent's question.
 *
 * @param blocker left out: the only open one
 * @param by who answers
 */
@RegisterForReflection
public record AnswerJson(@Nullable String blocker, @Nullable String text, @Nullable String by) {

  RunChange to(String task) {
    return new RunChange.AnswerBlocker(
        task, blocker == null ? "" : blocker, text == null ? "" : text, by == null ? "" : by);
  }
}
