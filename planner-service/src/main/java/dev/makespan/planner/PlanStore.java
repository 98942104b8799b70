package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where plans are kept. Answers are durable. Deleted versions are found by nothing. */
public interface PlanStore {

  /**
   * A plan to keep.
   *
   * @param requestId the same id yields the first answer; null: none
   * @param requestHash what the request said, to tell a repetition from another request
   * @param expectedVersion the version that must still be the newest; 0: any, or none
   */
  record Creation(
      Plan plan,
      PlanSource source,
      @Nullable String requestId,
      String requestHash,
      int expectedVersion) {}

  /** A version, and the name of the file it was made from. */
  record Version(StoredPlan plan, String fileName) {}

  /**
   * Keeps a new version, or finds the one that is the newest and has the same content. Refused when
   * the request id was used otherwise, or when another version is the newest than expected.
   */
  Answer<StoredPlan> create(Creation creation);

  /** Version 0 is the newest. */
  Optional<Version> findVersion(String name, int version);

  /** The file of a version, above 0. */
  Optional<byte[]> findContent(String name, int version);

  /** The newest version of each plan whose name is after {@code afterName}, by name. */
  List<StoredPlan> newest(String afterName, int limit);

  /** The versions of a plan below {@code belowVersion}, newest first. */
  List<StoredPlan> versions(String name, int belowVersion, int limit);

  /**
   * Deletes a version, or with 0 all of them; their numbers are not given again.
   *
   * @return how many there were
   */
  int delete(String name, int version);

  /**
   * Which version a request to run the newest one means: {@code newest}, or what the first request
   * with this id was told. Refused when that was a request to run another plan.
   */
  Answer<Integer> versionToRun(String requestId, String name, int newest);
}
