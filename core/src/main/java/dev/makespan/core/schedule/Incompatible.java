package dev.makespan.core.schedule;

import java.util.Arrays;

/** Pairs of tasks that together want more of a resource than there is. */
final class Incompatible {

  private Incompatible() {}

  /** Two ints for each pair. */
  static int[] pairs(Project project) {
    int[] pairs = new int[64];
    int filled = 0;
    int[] units = new int[project.resources().size()];
    for (int a = 0; a < project.size(); a++) {
      mark(project, a, units, true);
      for (int b = a + 1; b < project.size(); b++) {
        if (together(project, b, units)) {
          if (filled == pairs.length) {
            pairs = Arrays.copyOf(pairs, filled * 2);
          }
          pairs[filled++] = a;
          pairs[filled++] = b;
        }
      }
      mark(project, a, units, false);
    }
    return Arrays.copyOf(pairs, filled);
  }

  private static void mark(Project project, int v, int[] units, boolean on) {
    for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
      units[project.demandResource(slot)] = on ? project.demandUnits(slot) : 0;
    }
  }

  private static boolean together(Project project, int v, int[] units) {
    for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
      int r = project.demandResource(slot);
      if ((long) units[r] + project.demandUnits(slot) > project.resources().get(r).capacity()
          && units[r] > 0) {
        return true;
      }
    }
    return false;
  }
}
