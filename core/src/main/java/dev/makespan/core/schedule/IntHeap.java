package dev.makespan.core.schedule;

import java.util.Arrays;

/** A binary heap of ints, the smallest first. */
final class IntHeap {

  private int[] items = new int[8];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void push(int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
    }
    int hole = size++;
    while (hole > 0 && items[(hole - 1) >>> 1] > item) {
      items[hole] = items[(hole - 1) >>> 1];
      hole = (hole - 1) >>> 1;
    }
    items[hole] = item;
  }

  int pop() {
    int top = items[0];
    int last = items[--size];
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && items[child + 1] < items[child]) {
        child++;
      }
      if (items[child] >= last) {
        break;
      }
      items[hole] = items[child];
      hole = child;
    }
    items[hole] = last;
    return top;
  }
}
