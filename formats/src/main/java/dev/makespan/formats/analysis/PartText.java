package dev.makespan.formats.analysis;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Role;
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

  /**
   * The part that {@link #of} gave this text: ids hold no slash, and so the text says which it was.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static PlanPart read(String text) {
    String[] path = text.split("/", 2);
    if (path.length == 1) {
      return new PlanPart.OfSpec(text);
    }
    return switch (path[0]) {
      case "pools" -> new PlanPart.OfPool(new Role(path[1]));
      case "resources" -> new PlanPart.OfResource(path[1]);
      case "files" -> new PlanPart.OfPolicy(new FilePattern(path[1]));
      case "phases" -> new PlanPart.OfPhase(new PhaseId(path[1]));
      case "risks" -> new PlanPart.OfRisk(path[1]);
      case "tasks" -> readOfTask(path[1]);
      default -> throw none(text);
    };
  }

  private static PlanPart readOfTask(String text) {
    String[] path = text.split("/", 3);
    TaskId task = new TaskId(path[0]);
    if (path.length == 1) {
      return new PlanPart.OfTask(task);
    }
    if (path.length == 2) {
      throw none(text);
    }
    return switch (path[1]) {
      case "needs" -> new PlanPart.OfNeed(task, readNeed(path[2]));
      case "stubs" -> new PlanPart.OfStub(task, new TaskId(path[2]));
      case "uses" -> new PlanPart.OfUse(task, path[2]);
      case "steps" -> new PlanPart.OfStep(task, path[2]);
      case "milestones" -> new PlanPart.OfMilestone(task, new MilestoneId(path[2]));
      default -> new PlanPart.OfFile(task, readAccess(path[1], path[2]));
    };
  }

  private static Need readNeed(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? Need.of(new TaskId(text))
        : new Need(new TaskId(text.substring(0, dot)), new MilestoneId(text.substring(dot + 1)));
  }

  private static FileAccess readAccess(String word, String path) {
    for (FileMode mode : FileMode.values()) {
      if (Figures.word(mode).equals(word)) {
        return new FileAccess(new FilePattern(path), mode);
      }
    }
    throw none(word);
  }

  private static IllegalArgumentException none(String text) {
    return new IllegalArgumentException("expected a part of a plan, was '" + text + "'");
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
