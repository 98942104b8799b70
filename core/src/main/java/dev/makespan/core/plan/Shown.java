package dev.makespan.core.plan;

/** Text from outside as it may be shown: in one line, capped, without control characters. */
public final class Shown {

  /** Longest quotation, in UTF-16 units. */
  private static final int MAX_QUOTED = 80;

  private Shown() {}

  /** {@code text} in single quotes, shortened. */
  public static String quoted(String text) {
    return "'" + escaped(shortened(text)) + "'";
  }

  /** What {@code node} is, as messages say what was there. */
  static String kindOf(Node node) {
    return switch (node) {
      case Node.Mapping ignored -> "a mapping";
      case Node.Sequence ignored -> "a list";
      case Node.Text text -> quoted(text.value());
      case Node.Numeral number -> "the number " + escaped(shortened(number.literal()));
      case Node.Bool bool -> bool.value() ? "true" : "false";
      case Node.Nothing ignored -> "nothing";
    };
  }

  /**
   * {@code text} with every character that could move, colour, hide or reorder what stands around
   * it written as an escape.
   */
  public static String escaped(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static boolean isPlain(String text) {
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (isHarmful(c)) {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isHarmful(c)) {
          out.append(c < 0x10000 ? "\\u%04X".formatted(c) : "\\U%08X".formatted(c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  private static boolean isHarmful(int c) {
    if (c >= ' ' && c < 0x7f) {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private static String shortened(String text) {
    if (text.length() <= MAX_QUOTED) {
      return text;
    }
    int cut = Character.isHighSurrogate(text.charAt(MAX_QUOTED - 1)) ? MAX_QUOTED - 1 : MAX_QUOTED;
    return text.substring(0, cut) + "…";
  }
}
