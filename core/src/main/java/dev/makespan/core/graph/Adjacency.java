package dev.makespan.core.graph;

/** Edges grouped by one of their ends: the edges of {@code v} stand from start[v] to start[v+1]. */
final class Adjacency {

  final int[] start;
  final int[] other;
  final int[] edge;

  private Adjacency(int[] start, int[] other, int[] edge) {
    this.start = start;
    this.other = other;
    this.edge = edge;
  }

  /** Groups by {@code near}; within a group the edges keep their order. */
  static Adjacency by(int size, int[] near, int[] far) {
    int[] start = new int[size + 1];
    for (int v : near) {
      start[v + 1]++;
    }
    for (int v = 0; v < size; v++) {
      start[v + 1] += start[v];
    }
    int[] next = start.clone();
    int[] other = new int[near.length];
    int[] edge = new int[near.length];
    for (int e = 0; e < near.length; e++) {
      int slot = next[near[e]]++;
      other[slot] = far[e];
      edge[slot] = e;
    }
    return new Adjacency(start, other, edge);
  }
}
