package dev.makespan.planner;

import java.util.List;

/**
 * A part of a list.
 *
 * @param nextToken empty: no more
 */
public record Page<T>(List<T> items, String nextToken) {

  /** Items of a page that does not say. */
  public static final int DEFAULT_SIZE = 50;

  public static final int MAX_SIZE = 1_000;

  public Page {
    items = List.copyOf(items);
  }

  static int sizeOf(int asked) {
    return asked == 0 ? DEFAULT_SIZE : asked;
  }

  static boolean isSize(int asked) {
    return asked >= 0 && asked <= MAX_SIZE;
  }
}
