package dev.makespan.core.proof;

import java.util.Arrays;

/**
 * What was learned: sets of literals that cannot all hold. Two of each set are watched; when one of
 * them comes true and no other can be watched, the last one is turned into its opposite.
 *
 * <p>In {@code items}: the number of literals, the number of levels they came from, how often it
 * was of use, then the literals.
 */
final class Nogoods {

  private static final int HEAD = 3;

  private final Bounds bounds;
  private int[] items = new int[1 << 14];
  private int size;
  private int count;
  private final int[][] watchers;
  private final int[] watching;

  Nogoods(Bounds bounds) {
    this.bounds = bounds;
    this.watchers = new int[bounds.value.length][8];
    this.watching = new int[bounds.value.length];
  }

  int count() {
    return count;
  }

  /**
   * Adds a set of two or more literals, of which the first no longer holds and the second was the
   * last but it to come true, and turns the first.
   */
  boolean learn(Literals learned, int levels) {
    int place = size;
    reserve(HEAD + learned.size);
    items[size] = learned.size / 2;
    items[size + 1] = levels;
    items[size + 2] = 0;
    System.arraycopy(learned.items, 0, items, size + HEAD, learned.size);
    size += HEAD + learned.size;
    count++;
    watch(place, 0);
    watch(place, 1);
    return bounds.raise(learned.items[0] ^ 1, 1 - learned.items[1], Reasons.nogood(place));
  }

  private void reserve(int more) {
    if (size + more > items.length) {
      items = Arrays.copyOf(items, Math.max(size + more, items.length * 2));
    }
  }

  private void watch(int place, int which) {
    int b = items[place + HEAD + 2 * which];
    int filled = watching[b];
    if (filled == watchers[b].length) {
      watchers[b] = Arrays.copyOf(watchers[b], filled * 2);
    }
    watchers[b][filled] = items[place + HEAD + 2 * which + 1];
    watchers[b][filled + 1] = place;
    watching[b] = filled + 2;
  }

  /**
   * Follows a raise of bound {@code b} from {@code old}.
   *
   * @return the place of a set that holds whole, or -1
   */
  int propagate(int b, int old) {
    int[] list = watchers[b];
    int now = bounds.value[b];
    int kept = 0;
    int failed = -1;
    int end = watching[b];
    for (int i = 0; i < end; i += 2) {
      int k = list[i];
      int place = list[i + 1];
      if (failed < 0 && k > old && k <= now) {
        int seen = visit(place, b, k);
        if (seen == MOVED) {
          continue;
        }
        failed = seen == FAILED ? place : -1;
      }
      list[kept++] = k;
      list[kept++] = place;
    }
    watching[b] = kept;
    return failed;
  }

  private static final int KEPT = 0;
  private static final int MOVED = 1;
  private static final int FAILED = 2;

  private int visit(int place, int b, int k) {
    int first = place + HEAD;
    if (items[first] == b && items[first + 1] == k) {
      items[first] = items[first + 2];
      items[first + 1] = items[first + 3];
      items[first + 2] = b;
      items[first + 3] = k;
    }
    if (bounds.isFalse(items[first], items[first + 1])) {
      return KEPT;
    }
    int end = first + 2 * items[place];
    for (int i = first + 4; i < end; i += 2) {
      if (bounds.value[items[i]] < items[i + 1]) {
        items[first + 2] = items[i];
        items[first + 3] = items[i + 1];
        items[i] = b;
        items[i + 1] = k;
        watch(place, 1);
        return MOVED;
      }
    }
    int other = items[first];
    int turned = 1 - items[first + 1];
    boolean fine =
        bounds.value[other] < items[first + 1]
            && bounds.raise(other ^ 1, turned, Reasons.nogood(place));
    return fine ? KEPT : FAILED;
  }

  /** All literals of the set. */
  void copy(int place, Literals into) {
    items[place + 2]++;
    copyFrom(place, 0, into);
  }

  /** The literals that turned the first one. */
  void explain(int place, Literals into) {
    items[place + 2]++;
    copyFrom(place, 1, into);
  }

  private void copyFrom(int place, int skipped, Literals into) {
    int begin = place + HEAD;
    for (int i = begin + 2 * skipped; i < begin + 2 * items[place]; i += 2) {
      into.add(items[i], items[i + 1]);
    }
  }

  /** Forgets about half of what came from many levels and was of little use; only on level 0. */
  void forget() {
    int limit = median();
    int to = 0;
    Arrays.fill(watching, 0);
    count = 0;
    int length;
    for (int from = 0; from < size; from += length) {
      length = HEAD + 2 * items[from];
      boolean kept = items[from + 1] <= CORE_LEVELS || items[from + 2] > limit;
      if (kept && !isOver(from)) {
        System.arraycopy(items, from, items, to, length);
        items[to + 2] >>= 1;
        watchOpen(to);
        count++;
        to += length;
      }
    }
    size = to;
  }

  private static final int CORE_LEVELS = 3;

  private int median() {
    int[] uses = new int[count];
    int filled = 0;
    for (int from = 0; from < size; from += HEAD + 2 * items[from]) {
      if (items[from + 1] > CORE_LEVELS) {
        uses[filled++] = items[from + 2];
      }
    }
    Arrays.sort(uses, 0, filled);
    return filled == 0 ? 0 : uses[filled / 2];
  }

  /** Whether one of its literals can never hold again. */
  private boolean isOver(int place) {
    int begin = place + HEAD;
    for (int i = begin; i < begin + 2 * items[place]; i += 2) {
      if (bounds.isFalse(items[i], items[i + 1])) {
        return true;
      }
    }
    return false;
  }

  /** Watches two literals that do not hold; level 0 has derived what follows if there is one. */
  private void watchOpen(int place) {
    int begin = place + HEAD;
    int open = begin;
    for (int i = begin; i < begin + 2 * items[place] && open < begin + 4; i += 2) {
      if (bounds.value[items[i]] < items[i + 1]) {
        swap(i, open);
        open += 2;
      }
    }
    watch(place, 0);
    watch(place, 1);
  }

  private void swap(int i, int j) {
    int b = items[i];
    int k = items[i + 1];
    items[i] = items[j];
    items[i + 1] = items[j + 1];
    items[j] = b;
    items[j + 1] = k;
  }
}
