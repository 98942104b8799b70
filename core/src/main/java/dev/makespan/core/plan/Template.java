package dev.makespan.core.plan;

import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Text in which {@code ${{ parameters.name }}} stands for the value of a parameter. */
final class Template {

  static final String EXPECTED_NAME =
      "1 to 63 letters, digits, '-' and '_', beginning with a letter";

  private static final String OPEN = "${{";
  private static final String CLOSE = "}}";
  private static final String PREFIX = "parameters.";
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

  private Template() {}

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  static boolean hasReference(String text) {
    return text.contains(OPEN);
  }

  /** Calls {@code report} with kind and message for each reference that means nothing. */
  static void check(String text, Collection<String> known, BiConsumer<String, String> report) {
    for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, open + 1)) {
      int close = text.indexOf(CLOSE, open);
      String inner = close < 0 ? "" : text.substring(open + OPEN.length(), close).strip();
      String name = inner.startsWith(PREFIX) ? inner.substring(PREFIX.length()) : "";
      if (!isName(name)) {
        String was = close < 0 ? text.substring(open) : text.substring(open, close + 2);
        report.accept(
            "bad-reference", "expected ${{ parameters.<name> }}, was " + Shown.quoted(was));
      } else if (!known.contains(name)) {
        report.accept(
            "unknown-parameter",
            "unknown parameter " + Shown.quoted(name) + Suggestion.of(name, known));
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
