package dev.makespan.core.finding;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Splits names and titles into words. */
final class Words {

  private Words() {}

  /** In lower case: {@code src/Api_types.rs} has {@code src}, {@code api}, {@code types}. */
  static List<String> of(String text) {
    return Stream.of(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
