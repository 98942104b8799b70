package dev.makespan.formats.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fields of messages: what is wrong with one says where it stands. */
final class Fields {

  private Fields() {}

  /** The value, or its complaint with {@code name} before it. */
  static <T> T at(String name, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(name + ": " + wrong.getMessage(), wrong);
    }
  }

  static <P, T> List<T> each(String name, List<P> protos, Function<P, T> convert) {
    List<T> all = new ArrayList<>(protos.size());
    for (int i = 0; i < protos.size(); i++) {
      P proto = protos.get(i);
      try {
        all.add(convert.apply(proto));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(name + "[" + i + "]: " + wrong.getMessage(), wrong);
      }
    }
    return all;
  }

  static String notEmpty(String name, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(name + ": expected text, was unset");
    }
    return text;
  }

  static int notNegative(String name, int number) {
    if (number < 0) {
      throw new IllegalArgumentException(name + ": expected at least 0, was " + number);
    }
    return number;
  }

  static IllegalArgumentException unknownEnum(String name, int number) {
    return new IllegalArgumentException(name + ": expected a known value, was " + number);
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
