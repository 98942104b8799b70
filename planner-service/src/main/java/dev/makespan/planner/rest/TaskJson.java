package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Task;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A task of a plan, as much of it as pages show; the plan's source says all.
 *
 * @param needs {@code task} or {@code task.milestone}
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskJson(
    String id,
    String title,
    @Nullable String phase,
    String role,
    String priority,
    double durationSeconds,
    List<String> needs,
    List<FileJson> files,
    List<MilestoneJson> milestones) {

  /** A file that a task touches; mode is read, write, append or regenerate. */
  @RegisterForReflection
  public record FileJson(String path, String mode) {
    static FileJson of(FileAccess access) {
      return new FileJson(access.path().text(), access.mode().name().toLowerCase(Locale.ROOT));
    }
  }

  /** A part of a task that others may wait for. */
  @RegisterForReflection
  public record MilestoneJson(String id, String title, double afterSeconds) {}

  static TaskJson of(Task task) {
    return new TaskJson(
        task.id().value(),
        task.title(),
        task.placement().phase() == null ? null : task.placement().phase().value(),
        task.role().value(),
        task.placement().priority().name(),
        Seconds.of(task.duration()),
        task.needs().stream().map(Need::toString).toList(),
        task.files().stream().map(FileJson::of).toList(),
        task.milestones().stream()
            .map(m -> new MilestoneJson(m.id().value(), m.title(), Seconds.of(m.after())))
            .toList());
  }
}
