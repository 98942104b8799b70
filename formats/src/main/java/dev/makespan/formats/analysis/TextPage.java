package dev.makespan.formats.analysis;

import dev.makespan.core.plan.Shown;
import java.util.ArrayList;
import java.util.List;

/** Lines for a terminal of some width. Nothing that is added can control the terminal. */
final class TextPage {

  /** Narrowest last column of a table, and narrowest paragraph. */
  private static final int MIN_WRAPPED = 24;

  /** Widest column of a table but the last. */
  private static final int MAX_CELL = 40;

  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();
  private final int columns;

  TextPage(int columns) {
    this.columns = columns;
  }

  void heading(String heading) {
    line("");
    wrapped("", "", heading);
  }

  /** One line as it is. */
  void line(String line) {
    text.append(Shown.escaped(line).stripTrailing()).append('\n');
  }

  /** A paragraph, broken between words; {@code first} stands before it, {@code rest} below. */
  void wrapped(String first, String rest, String paragraph) {
    String indent = first;
    for (String line : broken(paragraph, columns - Math.max(first.length(), rest.length()))) {
      line(indent + line);
      indent = rest;
    }
  }

  /** Columns as wide as their cells; the last one is broken between words. */
  void table(List<String> heads, List<List<String>> rows) {
    int last = heads.size() - 1;
    int[] widths = new int[last];
    for (int c = 0; c < last; c++) {
      widths[c] = widthOf(c, heads, rows);
    }
    row(heads, widths);
    rows.forEach(row -> row(row, widths));
  }

  private static int widthOf(int column, List<String> heads, List<List<String>> rows) {
    int width = heads.get(column).length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return Math.min(MAX_CELL, width);
  }

  private void row(List<String> cells, int[] widths) {
    StringBuilder before = new StringBuilder(INDENT);
    for (int c = 0; c < widths.length; c++) {
      before.append(cell(cells.get(c), widths[c])).append(INDENT);
    }
    wrapped(before.toString(), " ".repeat(before.length()), cells.getLast());
  }

  /** {@code text} and spaces up to {@code width}; longer texts are cut. */
  static String cell(String text, int width) {
    return text.length() > width
        ? text.substring(0, Math.max(0, width - 1)) + "~"
        : text + " ".repeat(width - text.length());
  }

  private static List<String> broken(String paragraph, int asked) {
    int width = Math.max(MIN_WRAPPED, asked);
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
