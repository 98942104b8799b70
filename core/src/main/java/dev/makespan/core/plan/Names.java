package dev.makespan.core.plan;

/** The syntax that all names in a plan share. */
final class Names {

  static final String EXPECTED =
      "1 to 63 lower-case letters, digits and '-', not beginning with '-'";

  /** Stands for an id that could not be read. */
  static final String NONE = "0";

  private static final int MAX_LENGTH = 63;

  private Names() {}

  static boolean isId(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || text.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }

  static void requireId(String noun, String text) {
    if (!isId(text)) {
      throw new IllegalArgumentException(noun + ": expected " + EXPECTED + ", was '" + text + "'");
    }
  }
}
