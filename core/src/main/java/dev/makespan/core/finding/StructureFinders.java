package dev.makespan.core.finding;

import java.util.List;

/** The finders of what a plan's needs and steps could be instead. */
final class StructureFinders {

  private StructureFinders() {}

  static List<Finder> all() {
    return List.of(
        new NeedlessDependencies(),
        new TaskSplits(),
        new EarlyMilestones(),
        new Contracts(),
        new ConcurrentTests());
  }
}
