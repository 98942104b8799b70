package dev.makespan.core.graph;

import java.util.Arrays;

/**
 * Which tasks are ordered whatever the schedule: {@code u} is finished before {@code v} starts.
 * Answers questions in batches: targets in blocks of {@value #BLOCK}, one bit each, swept once
 * backwards over the graph, so that memory is never quadratic.
 */
public final class Reachability {

  private static final int BLOCK = 1024;
  private static final int WORDS = BLOCK / 64;

  private final TaskGraph graph;

  public Reachability(TaskGraph graph) {
    this.graph = graph;
  }

  /** For each {@code i} whether {@code first[i]} is finished before {@code second[i]} starts. */
  public boolean[] ordered(int[] first, int[] second) {
    boolean[] answers = new boolean[first.length];
    int[] targets = Arrays.stream(second).sorted().distinct().toArray();
    int[] column = new int[graph.size()];
    int[][] questions = byBlock(second, targets, column);
    int words = Math.min(WORDS, (targets.length + 63) / 64);
    long[] rows = new long[graph.size() * words];
    for (int block = 0; block < questions.length; block++) {
      int end = Math.min(targets.length, (block + 1) * BLOCK);
      sweep(Arrays.copyOfRange(targets, block * BLOCK, end), column, words, rows);
      for (int q : questions[block]) {
        answers[q] = finishesBefore(first[q], column[second[q]], words, rows);
      }
    }
    return answers;
  }

  private static int[][] byBlock(int[] second, int[] targets, int[] column) {
    int blocks = (targets.length + BLOCK - 1) / BLOCK;
    int[] blockOf = new int[column.length];
    for (int t = 0; t < targets.length; t++) {
      column[targets[t]] = t % BLOCK;
      blockOf[targets[t]] = t / BLOCK;
    }
    int[] count = new int[blocks];
    for (int v : second) {
      count[blockOf[v]]++;
    }
    int[][] questions = new int[blocks][];
    Arrays.setAll(questions, b -> new int[count[b]]);
    for (int q = second.length - 1; q >= 0; q--) {
      int b = blockOf[second[q]];
      questions[b][--count[b]] = q;
    }
    return questions;
  }

  private void sweep(int[] block, int[] column, int words, long[] rows) {
    Arrays.fill(rows, 0);
    for (int v : block) {
      rows[v * words + (column[v] >> 6)] |= 1L << column[v];
    }
    for (int i = graph.size() - 1; i >= 0; i--) {
      int v = graph.inOrder(i);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        int w = graph.successor(slot) * words;
        for (int k = 0; k < words; k++) {
          rows[v * words + k] |= rows[w + k];
        }
      }
    }
  }

  /** A milestone lets its successor start early; only behind a whole need all is finished. */
  private boolean finishesBefore(int u, int column, int words, long[] rows) {
    for (int slot = graph.successorsBegin(u); slot < graph.successorsEnd(u); slot++) {
      int w = graph.successor(slot) * words;
      if (graph.successorWaitsForFinish(slot) && (rows[w + (column >> 6)] >>> column & 1) != 0) {
        return true;
      }
    }
    return false;
  }
}
