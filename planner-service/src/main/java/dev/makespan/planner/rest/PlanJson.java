package dev.makespan.planner.rest;

import dev.makespan.planner.Page;
import dev.makespan.planner.Plans;
import dev.makespan.planner.StoredPlan;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** A stored version of a plan. */
@RegisterForReflection
public record PlanJson(
    String name, int version, String title, int taskCount, String contentHash, Instant createTime) {

  static PlanJson of(StoredPlan plan) {
    return new PlanJson(
        plan.name(),
        plan.version(),
        plan.title(),
        plan.taskCount(),
        plan.contentHash(),
        plan.createTime());
  }

  /** What a creation answers. */
  @RegisterForReflection
  public record Created(PlanJson plan, List<ProblemJson.Item> warnings) {
    static Created of(Plans.Created created) {
      return new Created(
          PlanJson.of(created.plan()),
          created.warnings().stream().map(ProblemJson.Item::of).toList());
    }
  }

  /** What a check answers. */
  @RegisterForReflection
  public record Checked(List<ProblemJson.Item> problems) {}

  /**
   * A version with its file.
   *
   * @param source the file's text as its author wrote it
   */
  @RegisterForReflection
  public record Opened(PlanJson plan, String fileName, String source, List<TaskJson> tasks) {
    static Opened of(Plans.Opened opened) {
      return new Opened(
          PlanJson.of(opened.stored()),
          opened.source().fileName(),
          new String(opened.source().content(), StandardCharsets.UTF_8),
          opened.plan().tasks().stream().map(TaskJson::of).toList());
    }
  }

  /** What a deletion answers: how many versions there were. */
  @RegisterForReflection
  public record Deleted(int deletedVersions) {}

  /**
   * A page of versions.
   *
   * @param nextPageToken empty: no more
   */
  @RegisterForReflection
  public record Versions(List<PlanJson> versions, String nextPageToken) {
    static Versions of(Page<StoredPlan> page) {
      return new Versions(page.items().stream().map(PlanJson::of).toList(), page.nextToken());
    }
  }

  /**
   * A page of plans.
   *
   * @param nextPageToken empty: no more
   */
  @RegisterForReflection
  public record Listed(List<PlanJson> plans, String nextPageToken) {
    static Listed of(Page<StoredPlan> page) {
      return new Listed(page.items().stream().map(PlanJson::of).toList(), page.nextToken());
    }
  }
}
