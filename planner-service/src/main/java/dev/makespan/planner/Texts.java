package dev.makespan.planner;

import java.util.ArrayList;
import java.util.List;

/** The limits of texts in requests, collected so that all violations are reported at once. */
final class Texts {

  static final int MAX_ID = 128;
  static final int MAX_FILE_NAME = 255;
  static final int MAX_REASON = 1_000;
  static final int MAX_VALUE = 65_536;

  private final List<Violation> violations = new ArrayList<>();

  /** Printable and short; empty is allowed where the field is optional. */
  Texts id(String field, String text) {
    return check(field, text, MAX_ID, false);
  }

  Texts line(String field, String text, int limit) {
    return check(field, text, limit, false);
  }

  /** May have line breaks and tabs. */
  Texts text(String field, String text, int limit) {
    return check(field, text, limit, true);
  }

  Texts require(boolean holds, String field, String message) {
    if (!holds) {
      violations.add(Violation.of(field, message));
    }
    return this;
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  private Texts check(String field, String text, int limit, boolean breaks) {
    if (text.length() > limit) {
      violations.add(
          Violation.of(field, "expected at most " + limit + " characters, was " + text.length()));
    }
    int bad = firstBad(text, breaks);
    if (bad >= 0) {
      String there = String.format("U+%04X", (int) text.charAt(bad));
      violations.add(
          Violation.of(
              field, "expected printable characters, was " + there + " at character " + (bad + 1)));
    }
    return this;
  }

  private static int firstBad(String text, boolean breaks) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (isBad(c, breaks)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isBad(char c, boolean breaks) {
    boolean allowed = breaks && (c == '\n' || c == '\t' || c == '\r');
    return Character.isSurrogate(c) || (Character.isISOControl(c) && !allowed);
  }
}
