package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Says what is wrong with any schedule. Shares nothing with the code that makes schedules but the
 * project itself.
 */
public final class ScheduleCheck {

  private ScheduleCheck() {}

  /**
   * Every violated constraint in one sentence; empty: the schedule can be run.
   *
   * @param starts when each task and barrier starts
   */
  public static List<String> violations(Project project, long[] starts) {
    List<String> found = new ArrayList<>();
    if (starts.length != project.size()) {
      found.add("expected starts of " + project.size() + " tasks, was " + starts.length);
      return found;
    }
    checkNeeds(project.graph(), starts, found);
    for (int r = 0; r < project.resources().size(); r++) {
      checkResource(project, r, starts, found);
    }
    return found;
  }

  private static void checkNeeds(TaskGraph graph, long[] starts, List<String> found) {
    for (int v = 0; v < graph.size(); v++) {
      if (starts[v] < 0) {
        found.add("task " + v + ": expected a start from 0 on, was " + starts[v]);
      }
      for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
        long earliest = starts[graph.predecessor(slot)] + graph.predecessorLag(slot);
        if (starts[v] < earliest) {
          found.add(
              "task %d: expected a start from %d on, after task %d, was %d"
                  .formatted(v, earliest, graph.predecessor(slot), starts[v]));
        }
      }
    }
  }

  /** A change of a resource's use. */
  private record Change(long time, long units) {}

  private static void checkResource(Project project, int r, long[] starts, List<String> found) {
    List<Change> changes = new ArrayList<>();
    for (int v = 0; v < project.size(); v++) {
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        if (project.demandResource(slot) == r) {
          changes.add(new Change(starts[v], project.demandUnits(slot)));
          changes.add(
              new Change(starts[v] + project.graph().duration(v), -project.demandUnits(slot)));
        }
      }
    }
    changes.sort(Comparator.comparingLong(Change::time).thenComparingLong(Change::units));
    Resource resource = project.resources().get(r);
    long used = 0;
    for (Change change : changes) {
      used += change.units();
      if (used > resource.capacity()) {
        found.add(
            "%s at %d: expected at most %d in use, was %d"
                .formatted(resource.name(), change.time(), resource.capacity(), used));
      }
    }
  }
}
