package dev.makespan.core.proof;

import java.util.Arrays;

/** A list of literals, two ints each: a bound and what it is at least. */
final class Literals {

  int[] items = new int[64];
  int size;

  void add(int b, int k) {
    if (size + 2 > items.length) {
      items = Arrays.copyOf(items, items.length * 2);
    }
    items[size++] = b;
    items[size++] = k;
  }
}
