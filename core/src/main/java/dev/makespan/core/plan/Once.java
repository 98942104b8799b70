package dev.makespan.core.plan;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A list of values, each once, in their order. */
final class Once<T> {

  /** Up to so many values are searched faster one after another than by their hashes. */
  private static final int FEW = 16;

  private final T[] all;
  private int size;
  private final @Nullable Set<T> many;

  /** {@code most}: how many values may come. */
  @SuppressWarnings("unchecked") // nothing but T is put into it, and none but this class has it
  Once(int most) {
    this.all = (T[]) new Object[most];
    this.many = most <= FEW ? null : new LinkedHashSet<>();
  }

  /** Whether it is there for the first time. */
  boolean add(T value) {
    boolean isNew = many == null ? !contains(value) : many.add(value);
    if (isNew) {
      all[size++] = value;
    }
    return isNew;
  }

  /** Adds what the caller knows not to be there. */
  void addNew(T value) {
    if (many != null) {
      many.add(value);
    }
    all[size++] = value;
  }

  @SuppressWarnings("ReferenceEquality") // the same thing mostly is the same object
  private boolean contains(T value) {
    for (int i = 0; i < size; i++) {
      if (all[i] == value || all[i].equals(value)) {
        return true;
      }
    }
    return false;
  }

  int size() {
    return size;
  }

  List<T> all() {
    return List.of(size == all.length ? all : Arrays.copyOf(all, size));
  }
}
