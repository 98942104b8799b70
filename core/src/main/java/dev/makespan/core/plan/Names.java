package dev.makespan.core.plan;

import java.util.regex.Pattern;

/** The syntax that all names in a plan share. */
final class Names {

  static final String EXPECTED =
      "1 to 63 lower-case letters, digits and '-', not beginning with '-'";

  /** Stands for an id that could not be read. */
  static final String NONE = "0";

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private Names() {}

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  static void requireId(String noun, String text) {
    if (!isId(text)) {
      throw new IllegalArgumentException(noun + ": expected " + EXPECTED + ", was '" + text + "'");
    }
  }
}
