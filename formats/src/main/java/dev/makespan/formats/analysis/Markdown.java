package dev.makespan.formats.analysis;

import java.util.List;
import java.util.stream.Collectors;

/** Text of authors in Markdown: nothing of it is taken for markup. */
final class Markdown {

  private static final String SPECIAL = "\\`*_{}[]<>#|~&!$";

  private Markdown() {}

  /** One line of plain text, also right in a cell of a table. */
  static String text(String text) {
    StringBuilder out = new StringBuilder();
    Figures.shown(text, Integer.MAX_VALUE).codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  /** Monospaced, also right in a cell of a table. */
  static String code(String text) {
    String shown = Figures.shown(text, Integer.MAX_VALUE);
    return shown.contains("`") || shown.contains("\\")
        ? text(text)
        : "`" + shown.replace("|", "\\|") + "`";
  }

  static void table(StringBuilder out, List<String> heads, List<List<String>> rows) {
    out.append("| ").append(String.join(" | ", heads)).append(" |\n|");
    out.append(" --- |".repeat(heads.size())).append('\n');
    rows.forEach(row -> out.append("| ").append(String.join(" | ", row)).append(" |\n"));
  }

  static String codes(List<String> words) {
    return words.stream().map(Markdown::code).collect(Collectors.joining(", "));
  }

  private static void append(StringBuilder out, int c) {
    if (SPECIAL.indexOf(c) >= 0) {
      out.append('\\');
    }
    out.appendCodePoint(c);
  }
}
