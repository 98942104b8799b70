package dev.makespan.core.finding;

import java.util.ArrayList;
import java.util.List;

/**
 * Which task before a change stands for a task of the changed plan, by index.
 *
 * @param place the task that was split
 * @param pieces how many stand in its place; 1: none was split
 */
record PieceIndexes(int place, int pieces) {

  /** Nothing was split. */
  static final PieceIndexes SAME = new PieceIndexes(0, 1);

  int before(int changed) {
    if (changed < place + pieces) {
      return Math.min(changed, place);
    }
    return changed - pieces + 1;
  }

  int after(int before) {
    return before <= place ? before : before + pieces - 1;
  }

  boolean isPiece(int changed) {
    return pieces > 1 && before(changed) == place;
  }

  /** The tasks of the changed plan that stand for these. */
  List<Integer> expanded(List<Integer> before) {
    List<Integer> all = new ArrayList<>();
    for (int task : before) {
      for (int piece = 0; piece < (task == place ? pieces : 1); piece++) {
        all.add(after(task) + piece);
      }
    }
    return all;
  }
}
