package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import java.util.Arrays;

/**
 * A project on a grid of small ints, for decoding hundreds of thousands of schedules a second. When
 * its horizon is too long for the grid, durations and lags are rounded up: what is found there is
 * decoded again exactly.
 */
final class Grid {

  /** Most slots of time. */
  static final int MAX_SLOTS = 1 << 14;

  /** Most longs that one slot of time may take: four resources that bind for each. */
  static final int MAX_WORDS = 128;

  /** Resources in one long. */
  static final int LANES = 4;

  private static final int LANE_BITS = 16;
  private static final int MAX_UNITS = (1 << (LANE_BITS - 1)) - 1;

  /** The highest bit of each lane: it stays set as long as nothing is taken below zero. */
  static final long GUARD = 0x8000_8000_8000_8000L;

  /** One direction of time: the edges into each task, and an order that respects them. */
  static final class Axis {
    final int[] order;
    final int[] start;
    final int[] predecessor;
    final int[] lag;
    final int[] successorStart;
    final int[] successor;
    final int[] successorLag;

    private Axis(TaskGraph graph, long unit) {
      int size = graph.size();
      order = new int[size];
      start = new int[size + 1];
      successorStart = new int[size + 1];
      predecessor = new int[graph.edges()];
      lag = new int[graph.edges()];
      successor = new int[graph.edges()];
      successorLag = new int[graph.edges()];
      for (int v = 0; v < size; v++) {
        order[v] = graph.inOrder(v);
        start[v + 1] = graph.predecessorsEnd(v);
        successorStart[v + 1] = graph.successorsEnd(v);
      }
      for (int slot = 0; slot < lag.length; slot++) {
        predecessor[slot] = graph.predecessor(slot);
        lag[slot] = (int) Math.ceilDiv(graph.predecessorLag(slot), unit);
        successor[slot] = graph.successor(slot);
        successorLag[slot] = (int) Math.ceilDiv(graph.successorLag(slot), unit);
      }
    }
  }

  final int size;
  final long unit;
  final boolean exact;
  final int slots;
  final int[] durations;
  final Axis forward;
  final Axis backward;
  final int words;
  final long[] capacity;
  final int[] demandStart;
  final int[] demandWord;
  final long[] demand;

  Grid(Project project) {
    TaskGraph graph = project.graph();
    size = graph.size();
    long finest = finestUnit(graph);
    unit = coarseEnough(graph, finest);
    exact = unit == finest;
    slots = (int) horizon(graph, unit);
    durations = new int[size];
    for (int v = 0; v < size; v++) {
      durations[v] = (int) Math.ceilDiv(graph.duration(v), unit);
    }
    forward = new Axis(graph, unit);
    backward = new Axis(graph.reversed(), unit);
    int[] lanes = Lanes.of(project);
    words = (Lanes.used(lanes) + LANES - 1) / LANES;
    capacity = new long[words];
    Arrays.fill(capacity, GUARD);
    demandStart = new int[size + 1];
    demandWord = new int[project.demandsEnd(size - 1)];
    demand = new long[demandWord.length];
    pack(project, lanes);
  }

  private void pack(Project project, int[] lanes) {
    for (int r = 0; r < lanes.length; r++) {
      if (lanes[r] >= 0) {
        long units = Math.min(MAX_UNITS, project.resources().get(r).capacity());
        capacity[lanes[r] / LANES] += units << (lanes[r] % LANES * LANE_BITS);
      }
    }
    int filled = 0;
    for (int v = 0; v < size; v++) {
      demandStart[v] = filled;
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        int r = project.demandResource(slot);
        if (lanes[r] >= 0) {
          int all = project.resources().get(r).capacity();
          filled = add(v, filled, lanes[r], scaled(project.demandUnits(slot), all));
        }
      }
    }
    demandStart[size] = filled;
  }

  /** Units of a resource that has more than a lane holds are rounded up to a share of it. */
  private static long scaled(int units, int all) {
    return all <= MAX_UNITS ? units : Math.ceilDiv((long) units * MAX_UNITS, all);
  }

  private int add(int v, int filled, int lane, long units) {
    long shifted = units << (lane % LANES * LANE_BITS);
    for (int slot = demandStart[v]; slot < filled; slot++) {
      if (demandWord[slot] == lane / LANES) {
        demand[slot] += shifted;
        return filled;
      }
    }
    demandWord[filled] = lane / LANES;
    demand[filled] = shifted;
    return filled + 1;
  }

  /** The largest unit that all durations and lags are multiples of. */
  static long finestUnit(TaskGraph graph) {
    long unit = 0;
    for (int v = 0; v < graph.size(); v++) {
      unit = gcd(unit, graph.duration(v));
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        unit = gcd(unit, Math.abs(graph.successorLag(slot)));
      }
    }
    return Math.max(1, unit);
  }

  private static long coarseEnough(TaskGraph graph, long finest) {
    long unit = finest;
    while (horizon(graph, unit) > MAX_SLOTS) {
      unit = Math.multiplyExact(unit, 2);
    }
    return unit;
  }

  /** No schedule that places each task as early as it can is longer. */
  private static long horizon(TaskGraph graph, long unit) {
    long total = 1;
    for (int v = 0; v < graph.size(); v++) {
      long longest = Math.ceilDiv(graph.duration(v), unit);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        longest = Math.max(longest, Math.ceilDiv(graph.successorLag(slot), unit));
      }
      total += longest;
    }
    return total;
  }

  private static long gcd(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }
}
