package dev.makespan.core.schedule;

/** Which resources can bind at all, and the lane that each of those has. */
final class Lanes {

  private static final int NONE = -1;

  private Lanes() {}

  /** Per resource its lane; -1 when all tasks together could hold it at once. */
  static int[] of(Project project) {
    long[] wanted = new long[project.resources().size()];
    for (int v = 0; v < project.size(); v++) {
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        wanted[project.demandResource(slot)] += project.demandUnits(slot);
      }
    }
    int[] lanes = new int[wanted.length];
    int next = 0;
    for (int r = 0; r < wanted.length; r++) {
      lanes[r] = wanted[r] > project.resources().get(r).capacity() ? next++ : NONE;
    }
    return lanes;
  }

  static int used(int[] lanes) {
    int used = 0;
    for (int lane : lanes) {
      used = Math.max(used, lane + 1);
    }
    return used;
  }
}
