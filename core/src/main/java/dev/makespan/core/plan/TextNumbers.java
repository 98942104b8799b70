package dev.makespan.core.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The place of each of a row of texts: a hash table of numbers, since objects for each entry would
 * cost more time than all else that is done with 100,000 tasks.
 */
final class TextNumbers {

  /** What {@link #find} answers for a text that was not added. */
  static final int NONE = -1;

  /**
   * Slots that are looked at for one text. Chance needs fewer; whoever makes texts of one hash gets
   * a map that can do with them.
   */
  private static final int MAX_STEPS = 32;

  private static final int CROWDED = -1;

  private String[] texts;

  /**
   * Of each slot the hash of its text in the upper half, so that other texts need no look at them,
   * and in the lower half its number from 1; 0: free.
   */
  private long[] slots;

  private int mask;
  private final Map<String, Integer> crowded = new LinkedHashMap<>();
  private int size;

  /** {@code most}: how many texts will come; more may. */
  TextNumbers(int most) {
    this.texts = new String[most];
    this.slots = new long[Integer.highestOneBit(Math.max(1, most)) * 4];
    this.mask = slots.length - 1;
  }

  /** Gives {@code text} the next number; of equal texts {@link #find} answers the first's. */
  void add(String text) {
    if (size == texts.length) {
      grow();
    }
    place(text, size);
    texts[size++] = text;
  }

  private void grow() {
    texts = Arrays.copyOf(texts, Math.max(16, size * 2));
    slots = new long[Integer.highestOneBit(texts.length) * 4];
    mask = slots.length - 1;
    for (int number = 0; number < size; number++) {
      place(texts[number], number);
    }
  }

  private void place(String text, int number) {
    int slot = slotOf(text);
    if (slot == CROWDED) {
      crowded.putIfAbsent(text, number);
    } else if (slots[slot] == 0) {
      slots[slot] = (long) text.hashCode() << 32 | (number + 1);
    }
  }

  /** The number of {@code text} from 0, or {@link #NONE}. */
  int find(String text) {
    int slot = slotOf(text);
    return slot == CROWDED ? crowded.getOrDefault(text, NONE) : (int) slots[slot] - 1;
  }

  int size() {
    return size;
  }

  /** All that were added, by their numbers. */
  List<String> texts() {
    return Collections.unmodifiableList(Arrays.asList(texts).subList(0, size));
  }

  /** The slot that has {@code text}, or the free one where it would stand. */
  private int slotOf(String text) {
    int hash = text.hashCode();
    int mixed = hash * 0x9E3779B9;
    int slot = (mixed ^ (mixed >>> 15)) & mask;
    for (int step = 0; step < MAX_STEPS; step++) {
      long there = slots[slot];
      if (there == 0 || ((int) (there >>> 32) == hash && isAt((int) there - 1, text))) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return CROWDED;
  }

  @SuppressWarnings("ReferenceEquality") // most are the very object; that needs no look at it
  private boolean isAt(int number, String text) {
    return texts[number] == text || texts[number].equals(text);
  }
}
