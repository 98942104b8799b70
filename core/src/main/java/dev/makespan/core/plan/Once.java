package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A list of values, each once, in their order. */
final class Once<T> {

  /** Up to so many values are searched faster one after another than by their hashes. */
  private static final int FEW = 16;

  private final List<T> all;
  private final @Nullable Set<T> many;

  /** {@code most}: how many values may come. */
  Once(int most) {
    this.all = new ArrayList<>(most);
    this.many = most <= FEW ? null : new LinkedHashSet<>();
  }

  /** Whether it is there for the first time. */
  boolean add(T value) {
    boolean isNew = many == null ? !contains(value) : many.add(value);
    if (isNew) {
      all.add(value);
    }
    return isNew;
  }

  @SuppressWarnings("ReferenceEquality") // the same thing mostly is the same object
  private boolean contains(T value) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) == value || all.get(i).equals(value)) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return all.size();
  }

  List<T> all() {
    return List.copyOf(all);
  }
}
