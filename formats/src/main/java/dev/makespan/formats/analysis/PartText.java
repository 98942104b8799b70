package dev.makespan.formats.analysis;

import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.TaskId;
import org.jspecify.annotations.Nullable;

/** Parts of a plan by name, as a path through the file. */
public final class PartText {

  private PartText() {}

  /** {@code tasks/upload-init/write/src/handlers/posts.rs}, {@code pools/backend}. */
  public static String of(PlanPart part) {
    return switch (part) {
      case PlanPart.OfSpec spec -> spec.key();
      case PlanPart.OfPool pool -> "pools/" + pool.role();
      case PlanPart.OfResource resource -> "resources/" + resource.resource();
      case PlanPart.OfPolicy policy -> "files/" + policy.path();
      case PlanPart.OfPhase phase -> "phases/" + phase.phase();
      case PlanPart.OfRisk risk -> "risks/" + risk.risk();
      case PlanPart.OfTask task -> "tasks/" + task.task();
      case PlanPart.OfNeed need -> "tasks/" + need.task() + "/needs/" + need.need();
      case PlanPart.OfStub stub -> "tasks/" + stub.task() + "/stubs/" + stub.provider();
      case PlanPart.OfFile file ->
          "tasks/%s/%s/%s"
              .formatted(file.task(), Figures.word(file.access().mode()), file.access().path());
      case PlanPart.OfUse use -> "tasks/" + use.task() + "/uses/" + use.resource();
      case PlanPart.OfStep step -> "tasks/" + step.task() + "/steps/" + step.step();
      case PlanPart.OfMilestone milestone ->
          "tasks/" + milestone.task() + "/milestones/" + milestone.milestone();
    };
  }

  /** The task that the part belongs to; null: it is the plan's. */
  public static @Nullable TaskId taskOf(PlanPart part) {
    return switch (part) {
      case PlanPart.OfSpec _,
          PlanPart.OfPool _,
          PlanPart.OfResource _,
          PlanPart.OfPolicy _,
          PlanPart.OfPhase _,
          PlanPart.OfRisk _ ->
          null;
      case PlanPart.OfTask task -> task.task();
      case PlanPart.OfNeed need -> need.task();
      case PlanPart.OfStub stub -> stub.task();
      case PlanPart.OfFile file -> file.task();
      case PlanPart.OfUse use -> use.task();
      case PlanPart.OfStep step -> step.task();
      case PlanPart.OfMilestone milestone -> milestone.task();
    };
  }
}
