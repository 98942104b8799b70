package dev.makespan.core.plan;

/** Names that no plan may use, since the work of merging has them. */
public final class Reserved {

  /** The task of a run that merges accepted work. */
  public static final TaskId INTEGRATION = new TaskId("makespan-integration");

  /** What an agent offers that merges. */
  public static final Role INTEGRATOR = new Role("makespan-integrator");

  private Reserved() {}
}
