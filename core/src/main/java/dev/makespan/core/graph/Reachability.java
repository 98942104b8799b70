package dev.makespan.core.graph;

import java.util.Arrays;

/**
 * Which tasks are ordered whatever the schedule: {@code u} is finished before {@code v} starts.
 * Answers questions in batches: targets in blocks by topological order, each block swept once over
 * the nodes between its first question and its last target. Memory is never quadratic, and where
 * questions are about neighbours neither is time.
 */
public final class Reachability {

  private final TaskGraph graph;

  public Reachability(TaskGraph graph) {
    this.graph = graph;
  }

  /** For each {@code i} whether {@code first[i]} is finished before {@code second[i]} starts. */
  public boolean[] ordered(int[] first, int[] second) {
    boolean[] answers = new boolean[first.length];
    BlockSweep sweep = new BlockSweep(graph, second.length);
    int[] columns = new int[graph.size()];
    int[] targets = targets(second, sweep, columns);
    int[][] questions = byBlock(second, targets.length, columns);
    for (int block = 0; block < questions.length; block++) {
      int begin = block * BlockSweep.BLOCK;
      int end = Math.min(targets.length, begin + BlockSweep.BLOCK);
      int lowest = targets[end - 1];
      for (int q : questions[block]) {
        lowest = Math.min(lowest, sweep.position(first[q]));
      }
      sweep.sweep(targets, begin, end, lowest);
      for (int q : questions[block]) {
        answers[q] = finishesBefore(first[q], columns[second[q]] - begin, sweep);
      }
    }
    return answers;
  }

  /** Positions of the nodes that are asked about, ascending; {@code columns} gets their places. */
  private int[] targets(int[] second, BlockSweep sweep, int[] columns) {
    boolean[] isTarget = new boolean[graph.size()];
    for (int v : second) {
      isTarget[v] = true;
    }
    int[] targets = new int[graph.size()];
    int count = 0;
    for (int i = 0; i < targets.length; i++) {
      int v = graph.inOrder(i);
      if (isTarget[v]) {
        columns[v] = count;
        targets[count++] = sweep.position(v);
      }
    }
    return Arrays.copyOf(targets, count);
  }

  private static int[][] byBlock(int[] second, int targets, int[] columns) {
    int[] count = new int[(targets + BlockSweep.BLOCK - 1) / BlockSweep.BLOCK];
    for (int v : second) {
      count[columns[v] / BlockSweep.BLOCK]++;
    }
    int[][] questions = new int[count.length][];
    Arrays.setAll(questions, b -> new int[count[b]]);
    for (int q = second.length - 1; q >= 0; q--) {
      int b = columns[second[q]] / BlockSweep.BLOCK;
      questions[b][--count[b]] = q;
    }
    return questions;
  }

  /** A milestone lets its successor start early; only behind a whole need all is finished. */
  private boolean finishesBefore(int u, int column, BlockSweep sweep) {
    for (int slot = graph.successorsBegin(u); slot < graph.successorsEnd(u); slot++) {
      if (graph.successorWaitsForFinish(slot)
          && sweep.reaches(sweep.position(graph.successor(slot)), column)) {
        return true;
      }
    }
    return false;
  }
}
