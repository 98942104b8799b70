package dev.makespan.core.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits names and titles into words. */
final class Words {

  private Words() {}

  /** In lower case: {@code src/Api_types.rs} has {@code src}, {@code api}, {@code types}. */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    int begin = 0;
    for (int i = 0; i <= lower.length(); i++) {
      if (i == lower.length() || !isOfAWord(lower.charAt(i))) {
        if (begin < i) {
          words.add(lower.substring(begin, i));
        }
        begin = i + 1;
      }
    }
    return words;
  }

  private static boolean isOfAWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
