package dev.makespan.core.plan;

/** Which characters texts may have. */
final class Characters {

  private Characters() {}

  /** Whether {@code text} has U+0000, which PostgreSQL refuses, or half of a surrogate pair. */
  static boolean cannotBeStored(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return true;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
