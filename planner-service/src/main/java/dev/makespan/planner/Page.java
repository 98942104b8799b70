package dev.makespan.planner;

import java.util.List;
import java.util.function.Function;

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

  /** The first {@code size} of what was found; one more than that shows that there is a next. */
  static <T> Page<T> of(List<T> found, int size, Function<T, String> tokenAfter) {
    boolean more = found.size() > size;
    List<T> items = more ? found.subList(0, size) : found;
    return new Page<>(items, more ? tokenAfter.apply(items.getLast()) : "");
  }

  static int sizeOf(int asked) {
    return asked == 0 ? DEFAULT_SIZE : asked;
  }

  static boolean isSize(int asked) {
    return asked >= 0 && asked <= MAX_SIZE;
  }
}
