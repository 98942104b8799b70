package dev.makespan.formats.analysis;

/** Text of authors in Mermaid diagrams: nothing of it is taken for the diagram's language. */
final class Mermaid {

  /** Longest name in a diagram. */
  static final int MAX_NAME = 60;

  private Mermaid() {}

  /** Letters, digits and a few marks as they are; all else as entities. */
  static String text(String text) {
    StringBuilder out = new StringBuilder();
    Figures.shown(text, MAX_NAME).codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    if (Character.isLetterOrDigit(c) || " -_./,".indexOf(c) >= 0 || c == '…') {
      out.appendCodePoint(c);
    } else {
      out.append('#').append(c).append(';');
    }
  }
}
