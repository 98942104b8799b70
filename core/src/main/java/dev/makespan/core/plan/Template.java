package dev.makespan.core.plan;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;

/** Text in which {@code ${{ parameters.name }}} stands for the value of a parameter. */
final class Template {

  static final String EXPECTED_NAME =
      "1 to 63 letters, digits, '-' and '_', beginning with a letter";

  private static final String OPEN = "${{";
  private static final String CLOSE = "}}";

  /** Longest reference, in UTF-16 units. */
  private static final int MAX_REFERENCE = 200;

  private static final String PREFIX = "parameters.";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

  private Template() {}

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static boolean hasReference(String text) {
    return text.contains(OPEN);
  }

  /** Reports each reference that means nothing; O(text). */
  static void check(
      String text, Collection<String> known, Position at, String what, Problems problems) {
    int close = -1;
    for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, open + 1)) {
      close = close < open ? text.indexOf(CLOSE, open) : close;
      boolean within = close >= 0 && close - open <= MAX_REFERENCE;
      String inner = within ? text.substring(open + OPEN.length(), close).strip() : "";
      String name = inner.startsWith(PREFIX) ? inner.substring(PREFIX.length()) : "";
      if (!isName(name)) {
        int end = within ? close + CLOSE.length() : Math.min(text.length(), open + MAX_REFERENCE);
        String was = Shown.quoted(text.substring(open, end));
        problems.error(
            at, "bad-reference", what + ": expected ${{ parameters.<name> }}, was " + was);
      } else if (!known.contains(name)) {
        String suggestion = problems.suggestion(name, known);
        problems.error(
            at,
            "unknown-parameter",
            what + ": unknown parameter " + Shown.quoted(name) + suggestion);
      }
      if (close < 0) {
        return;
      }
    }
  }

  /** Every reference replaced, once: values are not looked through for references. */
  static String substituted(String text, Map<String, String> values) {
    StringBuilder out = new StringBuilder();
    int done = 0;
    for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, done)) {
      int close = text.indexOf(CLOSE, open);
      if (close < 0) {
        break;
      }
      String inner = text.substring(open + OPEN.length(), close).strip();
      String name = inner.startsWith(PREFIX) ? inner.substring(PREFIX.length()) : inner;
      out.append(text, done, open).append(values.getOrDefault(name, ""));
      done = close + CLOSE.length();
    }
    return out.append(text, done, text.length()).toString();
  }
}
