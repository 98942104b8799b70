package dev.makespan.core.schedule;

import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.graph.TaskGraph;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * No schedule is shorter.
 *
 * @param value in the graph's unit of time
 * @param reason what it rests on, in one sentence
 * @param binding the resource that it rests on; null: needs alone, or several at once
 */
public record LowerBound(long value, String reason, @Nullable Resource binding) {

  /** Up to so many tasks and barriers the bounds that look at pairs of tasks are tried. */
  static final int MAX_PAIRED = 1_000;

  /**
   * The best of the critical path and, for each resource, its work over its slots between the
   * earliest start and the shortest rest, of whatever tasks give most. On a unary resource, such as
   * a file that is written, that is Jackson's preemptive schedule.
   */
  public static LowerBound of(Project project) {
    TaskGraph graph = project.graph();
    long[] heads = LongestPaths.heads(graph);
    long[] tails = LongestPaths.tails(graph);
    LowerBound best =
        new LowerBound(LongestPaths.length(tails), "the longest chain of needs", null);
    long[] work =
        project.size() <= MAX_PAIRED ? energy(project, heads, tails) : work(project, heads, tails);
    for (int r = 0; r < work.length; r++) {
      if (work[r] > best.value()) {
        best = by(work[r], project.resources().get(r));
      }
    }
    return best;
  }

  /**
   * The best bound of all but a search.
   *
   * @param upper the makespan of some schedule
   */
  public static LowerBound of(Project project, long upper) {
    return destructive(project, of(project), upper);
  }

  /**
   * The shortest time that cannot be shown to be impossible, up to {@code upper}, which is the
   * makespan of a schedule.
   */
  static LowerBound destructive(Project project, LowerBound known, long upper) {
    if (project.size() > MAX_PAIRED || known.value() >= upper) {
      return known;
    }
    Windows windows = new Windows(project);
    long unit = Grid.finestUnit(project.graph());
    LowerBound best = known;
    long possible = upper;
    long step = unit;
    while (best.value() < possible) {
      long tried = Math.min(possible - unit, best.value() + step - unit);
      if (windows.refute(tried)) {
        best = by(tried + unit, project, windows.culprit());
        step *= 2;
      } else {
        possible = tried;
        step = Math.max(unit, (possible - best.value()) / unit / 2 * unit);
      }
    }
    return best;
  }

  /** A bound that a search over all schedules has proved. */
  static LowerBound searched(long value) {
    return new LowerBound(value, "a search that rules out every shorter schedule", null);
  }

  private static LowerBound by(long value, Resource resource) {
    return new LowerBound(value, reason(resource), resource);
  }

  private static LowerBound by(long value, Project project, int culprit) {
    return culprit < 0
        ? new LowerBound(value, "tasks that cannot run side by side", null)
        : by(value, project.resources().get(culprit));
  }

  private static long[] energy(Project project, long[] heads, long[] tails) {
    EnergyBound energy = new EnergyBound(project);
    long[] bounds = new long[project.resources().size()];
    Arrays.setAll(bounds, r -> energy.of(r, heads, tails));
    return bounds;
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
