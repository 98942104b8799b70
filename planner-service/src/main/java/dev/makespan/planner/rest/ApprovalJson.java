package dev.makespan.planner.rest;

import dev.makespan.planner.RunChange;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A person's yes or no.
 *
 * @param name of the approval; of other gates of a phase the text
 * @param by who says it
 * @param decline left out: false; true for tasks only
 */
@RegisterForReflection
public record ApprovalJson(
    @Nullable String name, @Nullable String by, @Nullable String note, @Nullable Boolean decline) {

  RunChange of(RunChange.Subject kind, String subject) {
    return new RunChange.Approve(
        kind,
        subject,
        name == null ? "" : name,
        by == null ? "" : by,
        note == null ? "" : note,
        decline != null && decline);
  }
}
