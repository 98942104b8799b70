package dev.makespan.core.proof;

import java.util.Arrays;

/**
 * Finds what a dead end teaches: the literals at the first unique implication point. Of each bound
 * the set holds one literal at most, the strongest.
 */
final class Conflict {

  private static final int NONE = Integer.MIN_VALUE;

  private final Bounds bounds;
  private final Reasoning reasoning;
  private final Activity activity;
  private final int[] needed;
  private final int[] place;
  private final int[] touched;
  private int touchedSize;
  private int open;
  private int levelBegin;
  private final Literals why = new Literals();

  /** What was learned: first the literal to turn, then the last but it to come true. */
  final Literals learned = new Literals();

  private int backLevel;
  private int levels;
  private final int[] levelSeen;
  private int stamp;

  Conflict(Bounds bounds, Reasoning reasoning, Activity activity) {
    this.bounds = bounds;
    this.reasoning = reasoning;
    this.activity = activity;
    this.needed = new int[bounds.value.length];
    this.place = new int[bounds.value.length];
    this.touched = new int[bounds.value.length];
    this.levelSeen = new int[1 << 10];
    Arrays.fill(needed, NONE);
  }

  /** The level to go back to before the first learned literal is turned. */
  int backLevel() {
    return backLevel;
  }

  /** How many levels the learned literals come from. */
  int levels() {
    return levels;
  }

  /** The highest level that has a part in literals that cannot all hold. */
  int level(Literals failed) {
    int last = -1;
    for (int i = 0; i < failed.size; i += 2) {
      if (failed.items[i + 1] > bounds.root[failed.items[i]]) {
        last = Math.max(last, bounds.place(failed.items[i], failed.items[i + 1]));
      }
    }
    return last < 0 ? 0 : bounds.levelOf(last);
  }

  /** Learns from literals that cannot all hold, of which some come from the last level. */
  void analyse(Literals failed) {
    levelBegin = bounds.begin(bounds.level());
    open = 0;
    for (int i = 0; i < failed.size; i += 2) {
      need(failed.items[i], failed.items[i + 1]);
    }
    int at = bounds.size - 1;
    int b = bounds.bound[at];
    while (!isNeeded(b, at) || open > 1) {
      if (isNeeded(b, at)) {
        resolve(b, at);
      }
      b = bounds.bound[--at];
    }
    keep(b);
    activity.decay();
  }

  private boolean isNeeded(int b, int at) {
    return needed[b] != NONE && place[b] == at;
  }

  private void resolve(int b, int at) {
    int k = needed[b];
    needed[b] = NONE;
    open--;
    why.size = 0;
    reasoning.explain(at, k, why);
    for (int i = 0; i < why.size; i += 2) {
      need(why.items[i], why.items[i + 1]);
    }
  }

  private void need(int b, int k) {
    if (k <= bounds.root[b] || needed[b] >= k) {
      return;
    }
    int at = bounds.place(b, k);
    activity.bump(b, k);
    if (needed[b] == NONE) {
      touched[touchedSize++] = b;
    } else if (place[b] >= levelBegin) {
      open--;
    }
    needed[b] = k;
    place[b] = at;
    open += at >= levelBegin ? 1 : 0;
    if (touchedSize == touched.length) {
      compact();
    }
  }

  /** A bound that was resolved and is needed again stands twice among the touched. */
  private void compact() {
    int kept = 0;
    stamp++;
    for (int i = 0; i < touchedSize; i++) {
      int b = touched[i];
      boolean twice = false;
      for (int j = 0; j < kept && !twice; j++) {
        twice = touched[j] == b;
      }
      if (!twice && needed[b] != NONE) {
        touched[kept++] = b;
      }
    }
    touchedSize = kept;
  }

  private void keep(int turned) {
    learned.size = 0;
    learned.add(turned, needed[turned]);
    compact();
    int last = -1;
    int second = -1;
    levels = 1;
    stamp++;
    for (int i = 0; i < touchedSize; i++) {
      int b = touched[i];
      if (b != turned && !isImplied(b)) {
        if (place[b] > last) {
          last = place[b];
          second = learned.size;
        }
        learned.add(b, needed[b]);
        countLevel(bounds.levelOf(place[b]));
      }
    }
    for (int i = 0; i < touchedSize; i++) {
      needed[touched[i]] = NONE;
    }
    touchedSize = 0;
    backLevel = last < 0 ? 0 : bounds.levelOf(last);
    if (second > 2) {
      swap(2, second);
    }
  }

  private void countLevel(int level) {
    int slot = level & (levelSeen.length - 1);
    if (levelSeen[slot] != stamp) {
      levelSeen[slot] = stamp;
      levels++;
    }
  }

  private void swap(int i, int j) {
    int[] items = learned.items;
    int b = items[i];
    int k = items[i + 1];
    items[i] = items[j];
    items[i + 1] = items[j + 1];
    items[j] = b;
    items[j + 1] = k;
  }

  /** Whether the literal follows from others of the set that came true before it. */
  private boolean isImplied(int b) {
    if (bounds.reason[place[b]] == Bounds.DECIDED) {
      return false;
    }
    why.size = 0;
    reasoning.explain(place[b], needed[b], why);
    for (int i = 0; i < why.size; i += 2) {
      int c = why.items[i];
      boolean holds =
          why.items[i + 1] <= bounds.root[c]
              || (needed[c] >= why.items[i + 1] && place[c] < place[b]);
      if (!holds) {
        return false;
      }
    }
    return true;
  }
}
