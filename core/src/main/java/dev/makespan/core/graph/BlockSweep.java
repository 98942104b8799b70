package dev.makespan.core.graph;

import java.util.Arrays;

/**
 * Which of up to {@value #BLOCK} targets can be reached from each node: one bit for each, swept
 * backwards over the nodes that matter. Nodes are numbered by their position in topological order,
 * so that rows that are read together stand together; at most 128 bytes per node.
 */
final class BlockSweep {

  /** Most targets of one sweep. */
  static final int BLOCK = 1_024;

  private static final int WORD = 64;

  private final int[] position;
  private final int[] start;
  private final int[] successor;
  private final int words;
  private final long[] rows;
  private final boolean[] reachesAny;
  private final long[] row;
  private int highest;

  /** {@code targets}: most that are swept at once. */
  BlockSweep(TaskGraph graph, int targets) {
    int size = graph.size();
    this.position = new int[size];
    for (int i = 0; i < size; i++) {
      position[graph.inOrder(i)] = i;
    }
    this.start = new int[size + 1];
    this.successor = new int[graph.edges()];
    fill(graph);
    this.words = (Math.min(BLOCK, targets) + WORD - 1) / WORD;
    this.rows = new long[size * words];
    this.reachesAny = new boolean[size];
    this.row = new long[words];
  }

  private void fill(TaskGraph graph) {
    int filled = 0;
    for (int i = 0; i < position.length; i++) {
      int v = graph.inOrder(i);
      start[i] = filled;
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        successor[filled++] = position[graph.successor(slot)];
      }
    }
    start[position.length] = filled;
  }

  /** The position of node {@code v}. */
  int position(int v) {
    return position[v];
  }

  /**
   * Targets {@code begin} to {@code end} - 1 get the columns from 0 on.
   *
   * @param targets positions, ascending
   * @param lowest nothing before this position will be asked
   */
  void sweep(int[] targets, int begin, int end, int lowest) {
    highest = targets[end - 1];
    if (lowest > highest) {
      return;
    }
    Arrays.fill(rows, lowest * words, (highest + 1) * words, 0);
    Arrays.fill(reachesAny, lowest, highest + 1, false);
    for (int t = Math.max(begin, firstFrom(targets, begin, end, lowest)); t < end; t++) {
      rows[targets[t] * words + (t - begin) / WORD] |= 1L << (t - begin);
      reachesAny[targets[t]] = true;
    }
    for (int i = highest; i >= lowest; i--) {
      collect(i);
    }
  }

  private static int firstFrom(int[] targets, int begin, int end, int lowest) {
    int found = Arrays.binarySearch(targets, begin, end, lowest);
    return found < 0 ? -1 - found : found;
  }

  /** A row of its own in between, since the compiler makes slow code of a row that is read too. */
  private void collect(int i) {
    boolean any = false;
    for (int slot = start[i]; slot < start[i + 1]; slot++) {
      int w = successor[slot];
      if (w <= highest && reachesAny[w]) {
        if (!any) {
          System.arraycopy(rows, i * words, row, 0, words);
          any = true;
        }
        join(w * words);
      }
    }
    if (any) {
      System.arraycopy(row, 0, rows, i * words, words);
      reachesAny[i] = true;
    }
  }

  private void join(int other) {
    for (int k = 0; k < row.length; k++) {
      row[k] |= rows[other + k];
    }
  }

  /** Whether the target in {@code column} is the node at this position or can be reached. */
  boolean reaches(int position, int column) {
    return position <= highest && (rows[position * words + column / WORD] >>> column & 1) != 0;
  }
}
