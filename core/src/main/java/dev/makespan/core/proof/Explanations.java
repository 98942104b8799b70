package dev.makespan.core.proof;

import java.util.Arrays;

/** Literals that were noted as the reason of a bound when it was raised. */
final class Explanations {

  private int[] items = new int[1 << 12];
  private int size = 1;

  int size() {
    return size;
  }

  /** Forgets all from {@code place} on. */
  void cut(int place) {
    size = place;
  }

  int begin() {
    reserve();
    size++;
    return size - 1;
  }

  void add(int b, int k) {
    reserve();
    items[size++] = b;
    items[size++] = k;
  }

  /** The reason that began at {@code place}. */
  int end(int place) {
    items[place] = size;
    return Reasons.said(place);
  }

  void copy(int place, Literals into) {
    for (int i = place + 1; i < items[place]; i += 2) {
      into.add(items[i], items[i + 1]);
    }
  }

  private void reserve() {
    if (size + 2 > items.length) {
      items = Arrays.copyOf(items, items.length * 2);
    }
  }
}
