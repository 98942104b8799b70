package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where plans are kept. Answers are durable. */
public interface PlanStore {

  /**
   * A plan to keep.
   *
   * @param requestId the same id yields the first answer; null: none
   * @param requestHash what the request said, to tell a repetition from another request
   */
  record Creation(Plan plan, PlanSource source, @Nullable String requestId, String requestHash) {}

  /** A version with the file it was made from. */
  record Version(StoredPlan plan, PlanSource source) {}

  /**
   * Keeps a new version, or finds the one that is the newest and has the same content. Refused when
   * the request id was used otherwise.
   */
  Answer<StoredPlan> create(Creation creation);

  /** Version 0 is the newest. */
  Optional<Version> findVersion(String name, int version);

  /** The newest version of each plan whose name is after {@code afterName}, by name. */
  List<StoredPlan> newest(String afterName, int limit);
}
