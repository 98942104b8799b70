package dev.makespan.core.session;

import dev.makespan.core.plan.Artifact;
import dev.makespan.core.plan.FilePattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an attempt works, what it is given, and what it must leave.
 *
 * @param workspace null: the work needs no repository
 * @param context files of the workspace, or texts
 * @param secrets names; the agent knows the values, the plan does not
 * @param publishes names of outputs that others wait for
 * @param deliverables must exist when the work is good
 * @param batch what is to be merged in that workspace; null: the work is a task of the plan
 */
public record TaskSurroundings(
    @Nullable AttemptWorkspace workspace,
    List<String> context,
    List<String> secrets,
    List<String> publishes,
    List<FilePattern> deliverables,
    List<Artifact> artifacts,
    @Nullable BatchSpec batch) {

  /** Nowhere, nothing and nothing. */
  public static final TaskSurroundings NONE =
      new TaskSurroundings(null, List.of(), List.of(), List.of(), List.of(), List.of());

  /** Of a task of the plan. */
  public TaskSurroundings(
      @Nullable AttemptWorkspace workspace,
      List<String> context,
      List<String> secrets,
      List<String> publishes,
      List<FilePattern> deliverables,
      List<Artifact> artifacts) {
    this(workspace, context, secrets, publishes, deliverables, artifacts, null);
  }

  public TaskSurroundings {
    context = List.copyOf(context);
    secrets = List.copyOf(secrets);
    publishes = List.copyOf(publishes);
    deliverables = List.copyOf(deliverables);
    artifacts = List.copyOf(artifacts);
  }
}
