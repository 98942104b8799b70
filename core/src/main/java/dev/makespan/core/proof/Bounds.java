package dev.makespan.core.proof;

import java.util.Arrays;

/**
 * The lower and upper bounds of all variables and the order in which they were raised. Bound {@code
 * 2x} is the lower bound of variable x, bound {@code 2x + 1} its upper bound with the sign turned,
 * so that both only rise. A literal {@code (b, k)} says that bound b is k or more; it is false when
 * its opposite {@code (b ^ 1, 1 - k)} holds.
 */
final class Bounds {

  /** The reason of a bound that was not derived but decided. */
  static final int DECIDED = 0;

  final int[] value;

  /** What holds whatever is decided. */
  final int[] root;

  /** Per bound the place on the trail where it was raised last; -1: never. */
  final int[] latest;

  /** The trail: which bound, its value before, the place of its raise before, why. */
  int[] bound = new int[1 << 10];

  int[] before = new int[1 << 10];
  int[] previous = new int[1 << 10];
  int[] reason = new int[1 << 10];
  int size;

  private int[] levelStart = new int[1 << 6];
  private int level;

  /** The bounds of {@code low.length} variables. */
  Bounds(int[] low, int[] high) {
    value = new int[2 * low.length];
    for (int x = 0; x < low.length; x++) {
      value[2 * x] = low[x];
      value[2 * x + 1] = -high[x];
    }
    root = value.clone();
    latest = new int[value.length];
    Arrays.fill(latest, -1);
  }

  int level() {
    return level;
  }

  /** Where on the trail a level begins; past the last level: the end of the trail. */
  int begin(int ofLevel) {
    return ofLevel == 0 ? 0 : ofLevel > level ? size : levelStart[ofLevel];
  }

  boolean isFixed(int x) {
    return value[2 * x] == -value[2 * x + 1];
  }

  boolean isFalse(int b, int k) {
    return value[b ^ 1] >= 1 - k;
  }

  void openLevel() {
    level++;
    if (level == levelStart.length) {
      levelStart = Arrays.copyOf(levelStart, level * 2);
    }
    levelStart[level] = size;
  }

  /**
   * Notes that {@code (b, k)} holds; false when its opposite holds too: then both stand on the
   * trail.
   */
  boolean raise(int b, int k, int why) {
    if (value[b] >= k) {
      return true;
    }
    if (size == bound.length) {
      grow();
    }
    bound[size] = b;
    before[size] = value[b];
    previous[size] = latest[b];
    reason[size] = why;
    latest[b] = size++;
    value[b] = k;
    return k + value[b ^ 1] <= 0;
  }

  private void grow() {
    bound = Arrays.copyOf(bound, size * 2);
    before = Arrays.copyOf(before, size * 2);
    previous = Arrays.copyOf(previous, size * 2);
    reason = Arrays.copyOf(reason, size * 2);
  }

  /** Takes back all levels above {@code target}. */
  void backTo(int target) {
    int begin = begin(target + 1);
    while (size > begin) {
      dropLast();
    }
    level = Math.min(level, target);
  }

  /** Takes back the last raise. */
  void dropLast() {
    size--;
    value[bound[size]] = before[size];
    latest[bound[size]] = previous[size];
  }

  /** Makes what level 0 has derived a fact without a reason; only on level 0. */
  void settle() {
    System.arraycopy(value, 0, root, 0, value.length);
    Arrays.fill(latest, -1);
    size = 0;
  }

  /** The place on the trail where {@code (b, k)}, which holds but not from the root, came true. */
  int place(int b, int k) {
    int at = latest[b];
    while (before[at] >= k) {
      at = previous[at];
    }
    return at;
  }

  int levelOf(int place) {
    int low = 0;
    int high = level;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (levelStart[middle] <= place) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
