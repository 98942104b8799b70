package dev.makespan.core.dispatch;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is due when: a heap from which a timer can be withdrawn, so that it holds no more than what
 * may still happen. Of several at one time the first armed is the first.
 */
final class Timers {

  private Entry[] entries = new Entry[64];
  private int size;
  private long armed;

  /** A timer and where it stands. */
  static final class Entry {
    private final Timer timer;
    private final long atNanos;
    private final long number;
    private int place;

    private Entry(Timer timer, long number) {
      this.timer = timer;
      this.atNanos = Nanos.of(timer.at());
      this.number = number;
    }

    private boolean before(Entry other) {
      return atNanos != other.atNanos ? atNanos < other.atNanos : number < other.number;
    }
  }

  Entry arm(Timer timer) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
    }
    Entry entry = new Entry(timer, armed++);
    put(size, entry);
    up(size++);
    return entry;
  }

  int size() {
    return size;
  }

  @Nullable Timer peek() {
    return size == 0 ? null : entries[0].timer;
  }

  /** Takes out the first timer that is due by {@code now}; null: none is. */
  @Nullable Timer poll(Instant now) {
    if (size == 0 || entries[0].timer.at().isAfter(now)) {
      return null;
    }
    Entry first = entries[0];
    withdraw(first);
    return first.timer;
  }

  /** It won't happen. Also for one that has been taken out already. */
  void withdraw(Entry entry) {
    int at = entry.place;
    if (at < 0) {
      return;
    }
    entry.place = -1;
    Entry last = entries[--size];
    if (at < size) {
      put(at, last);
      up(at);
      down(last.place);
    }
    clear(size);
  }

  @SuppressWarnings("NullAway") // beyond the size nothing is read
  private void clear(int at) {
    entries[at] = null;
  }

  private void put(int at, Entry entry) {
    entries[at] = entry;
    entry.place = at;
  }

  private void up(int at) {
    Entry entry = entries[at];
    int hole = at;
    while (hole > 0 && entry.before(entries[(hole - 1) >>> 1])) {
      put(hole, entries[(hole - 1) >>> 1]);
      hole = (hole - 1) >>> 1;
    }
    put(hole, entry);
  }

  private void down(int at) {
    Entry entry = entries[at];
    int hole = at;
    int child = 2 * hole + 1;
    while (child < size) {
      if (child + 1 < size && entries[child + 1].before(entries[child])) {
        child++;
      }
      if (!entries[child].before(entry)) {
        break;
      }
      put(hole, entries[child]);
      hole = child;
      child = 2 * hole + 1;
    }
    put(hole, entry);
  }
}
