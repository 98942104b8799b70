package dev.makespan.core.proof;

import java.util.Arrays;

/**
 * Which start times were of late part of dead ends (variable state independent decaying sum): a
 * heap of atoms "variable x is k or more". Where a variable has too many values, neighbouring ones
 * share an atom, whose k is the last that was part of a dead end.
 */
final class Activity {

  private static final int MAX_ATOMS = 1 << 16;
  private static final double GROWTH = 1 / 0.95;
  private static final double HUGE = 1e100;

  private final Bounds bounds;
  private final int[] low;
  private final int[] width;
  private final int[] base;
  private final int[] variable;
  private final int[] at;
  private final double[] score;
  private final int[] heap;
  private final int[] place;
  private int heaped;
  private double step = 1;
  private int[] taken = new int[64];
  private int takenSize;

  Activity(Bounds bounds) {
    this.bounds = bounds;
    int variables = bounds.value.length / 2;
    low = new int[variables];
    width = new int[variables];
    base = new int[variables + 1];
    int share = Math.max(1, MAX_ATOMS / variables);
    for (int x = 0; x < variables; x++) {
      low[x] = bounds.value[2 * x] + 1;
      int values = Math.max(0, -bounds.value[2 * x + 1] - bounds.value[2 * x]);
      width[x] = Math.max(1, Math.ceilDiv(values, share));
      base[x + 1] = base[x] + Math.ceilDiv(values, width[x]);
    }
    int atoms = base[variables];
    variable = new int[atoms];
    for (int x = 0; x < variables; x++) {
      Arrays.fill(variable, base[x], base[x + 1], x);
    }
    at = new int[atoms];
    score = new double[atoms];
    heap = new int[atoms];
    place = new int[atoms];
    Arrays.fill(place, -1);
  }

  /** The literal or its opposite was part of a dead end. */
  void bump(int b, int k) {
    int x = b >> 1;
    int value = (b & 1) == 0 ? k : 1 - k;
    int atom = base[x] + Math.floorDiv(value - low[x], width[x]);
    if (value < low[x] || atom >= base[x + 1]) {
      return;
    }
    at[atom] = value;
    score[atom] += step;
    if (score[atom] > HUGE) {
      rescale();
    }
    if (place[atom] < 0) {
      insert(atom);
    } else {
      up(place[atom]);
    }
  }

  void decay() {
    step *= GROWTH;
  }

  private void rescale() {
    for (int atom = 0; atom < score.length; atom++) {
      score[atom] /= HUGE;
    }
    step /= HUGE;
  }

  /** The most active atom that is neither true nor false; -1: none. It is taken from the heap. */
  int take() {
    while (heaped > 0) {
      int atom = pop();
      if (takenSize == taken.length) {
        taken = Arrays.copyOf(taken, takenSize * 2);
      }
      taken[takenSize++] = atom;
      int x = variable[atom];
      if (bounds.value[2 * x] < at[atom] && -bounds.value[2 * x + 1] >= at[atom]) {
        return atom;
      }
    }
    return -1;
  }

  int variable(int atom) {
    return variable[atom];
  }

  int at(int atom) {
    return at[atom];
  }

  /** How many atoms were taken: a mark to come back to. */
  int mark() {
    return takenSize;
  }

  /** Puts back what was taken since a mark. */
  void backTo(int mark) {
    while (takenSize > mark) {
      int atom = taken[--takenSize];
      if (place[atom] < 0) {
        insert(atom);
      }
    }
  }

  private void insert(int atom) {
    heap[heaped] = atom;
    place[atom] = heaped;
    up(heaped++);
  }

  private int pop() {
    int top = heap[0];
    place[top] = -1;
    int last = heap[--heaped];
    if (heaped > 0) {
      heap[0] = last;
      place[last] = 0;
      down();
    }
    return top;
  }

  private void up(int from) {
    int hole = from;
    int atom = heap[hole];
    while (hole > 0 && score[heap[(hole - 1) >>> 1]] < score[atom]) {
      heap[hole] = heap[(hole - 1) >>> 1];
      place[heap[hole]] = hole;
      hole = (hole - 1) >>> 1;
    }
    heap[hole] = atom;
    place[atom] = hole;
  }

  private void down() {
    int atom = heap[0];
    int hole = 0;
    for (int child = 1; child < heaped; child = 2 * hole + 1) {
      if (child + 1 < heaped && score[heap[child + 1]] > score[heap[child]]) {
        child++;
      }
      if (score[heap[child]] <= score[atom]) {
        break;
      }
      heap[hole] = heap[child];
      place[heap[hole]] = hole;
      hole = child;
    }
    heap[hole] = atom;
    place[atom] = hole;
  }
}
