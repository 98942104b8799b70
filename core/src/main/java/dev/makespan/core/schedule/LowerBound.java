package dev.makespan.core.schedule;

import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.graph.TaskGraph;
import java.util.Arrays;
import java.util.Locale;

/**
 * No schedule is shorter.
 *
 * @param value in the graph's unit of time
 * @param reason what it rests on, in one sentence
 */
public record LowerBound(long value, String reason) {

  /** The best of the critical path and, for each resource, its work over its slots. */
  public static LowerBound of(Project project) {
    TaskGraph graph = project.graph();
    long[] heads = LongestPaths.heads(graph);
    long[] tails = LongestPaths.tails(graph);
    LowerBound best = new LowerBound(LongestPaths.length(tails), "the longest chain of needs");
    long[] work = work(project, heads, tails);
    for (int r = 0; r < work.length; r++) {
      if (work[r] > best.value()) {
        best = new LowerBound(work[r], reason(project.resources().get(r)));
      }
    }
    return best;
  }

  /** Per resource: the earliest start of its work, the work over its slots, the shortest rest. */
  private static long[] work(Project project, long[] heads, long[] tails) {
    int count = project.resources().size();
    long[] units = new long[count];
    long[] head = new long[count];
    long[] rest = new long[count];
    Arrays.fill(head, Long.MAX_VALUE);
    Arrays.fill(rest, Long.MAX_VALUE);
    for (int v = 0; v < project.size(); v++) {
      long duration = project.graph().duration(v);
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        int r = project.demandResource(slot);
        units[r] = Math.addExact(units[r], Math.multiplyExact(duration, project.demandUnits(slot)));
        head[r] = Math.min(head[r], heads[v]);
        rest[r] = Math.min(rest[r], tails[v] - duration);
      }
    }
    long[] bounds = new long[count];
    for (int r = 0; r < count; r++) {
      int capacity = project.resources().get(r).capacity();
      bounds[r] = units[r] == 0 ? 0 : head[r] + Math.ceilDiv(units[r], capacity) + rest[r];
    }
    return bounds;
  }

  private static String reason(Resource resource) {
    return switch (resource.kind()) {
      case ROLE ->
          String.format(
              Locale.ROOT,
              "the work of role %s over %d %s",
              resource.name(),
              resource.capacity(),
              resource.capacity() == 1 ? "slot" : "slots");
      case RESOURCE ->
          String.format(
              Locale.ROOT,
              "the use of resource %s, of which there are %d",
              resource.name(),
              resource.capacity());
      case FILE -> "the tasks that take turns on file " + resource.name();
    };
  }
}
