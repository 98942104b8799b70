package dev.makespan.core.plan;

/** A part of a plan that something can be said of; the plan file says on which line it stands. */
public sealed interface PlanPart {

  /** A key of {@code spec}, such as {@code pools}. */
  record OfSpec(String key) implements PlanPart {}

  /** A pool; the first task of the role where the plan leaves its pool out. */
  record OfPool(Role role) implements PlanPart {}

  /** A shared resource of {@code spec.resources}. */
  record OfResource(String resource) implements PlanPart {}

  /** A file policy, by its path as written. */
  record OfPolicy(FilePattern path) implements PlanPart {}

  /** A phase. */
  record OfPhase(PhaseId phase) implements PlanPart {}

  /** A risk, by its id. */
  record OfRisk(String risk) implements PlanPart {}

  /** A whole task. */
  record OfTask(TaskId task) implements PlanPart {}

  /** Something that a task waits for. */
  record OfNeed(TaskId task, Need need) implements PlanPart {}

  /** Something that a task starts against a stub of. */
  record OfStub(TaskId task, TaskId provider) implements PlanPart {}

  /** One path of a task's {@code reads}, {@code writes}, {@code appends} or {@code regenerates}. */
  record OfFile(TaskId task, FileAccess access) implements PlanPart {}

  /** A resource that a task uses. */
  record OfUse(TaskId task, String resource) implements PlanPart {}

  /** One step of a task. */
  record OfStep(TaskId task, String step) implements PlanPart {}

  /** A milestone of a task. */
  record OfMilestone(TaskId task, MilestoneId milestone) implements PlanPart {}
}
