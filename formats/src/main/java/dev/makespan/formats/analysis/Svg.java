package dev.makespan.formats.analysis;

import java.util.Locale;

/**
 * A picture that stands alone: its style is in it, for light and dark pages. Every text is escaped;
 * lengths are pixels.
 */
final class Svg {

  private static final String STYLE =
      """
      <style>
      text{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1b1b1f}
      .page{fill:#ffffff}.lane{fill:#f3f3f7}.tick{stroke:#d0d0d8}.muted{fill:#5c5c66}
      .task{fill:#c9d8f0;stroke:#3b5f99}.hot{fill:#f6c9c4;stroke:#b3261e;stroke-width:2}
      .line{fill:none;stroke:#8a8a96;stroke-width:1.2}.hotline{fill:none;stroke:#b3261e;stroke-width:2.4}
      .stub{fill:none;stroke:#8a8a96;stroke-width:1.2;stroke-dasharray:5 4}
      .tip{fill:#8a8a96}.hottip{fill:#b3261e}.won{fill:#cfe8d5}
      @media (prefers-color-scheme:dark){
      text{fill:#e6e6ea}.page{fill:#17171b}.lane{fill:#212127}.tick{stroke:#3a3a44}.muted{fill:#a5a5b0}
      .task{fill:#2b3f63;stroke:#7fa3dd}.hot{fill:#5f2320;stroke:#ff897d}
      .line,.stub{stroke:#83838f}.hotline{stroke:#ff897d}.tip{fill:#83838f}.hottip{fill:#ff897d}
      .won{fill:#1f4029}
      }
      </style>
      """;

  private final StringBuilder body = new StringBuilder();

  void rect(String kind, double x, double y, double width, double height, String tip) {
    body.append(
        format(
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"3\"",
            kind, x, y, Math.max(0.5, width), height));
    body.append(tip.isEmpty() ? "/>\n" : "><title>" + escaped(tip) + "</title></rect>\n");
  }

  void vertical(double x, double from, double to) {
    body.append(
        format(
            "<line class=\"tick\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
            x, from, x, to));
  }

  /** A path of the data {@code d}, which is made of numbers and letters alone. */
  void path(String kind, String d) {
    body.append(format("<path class=\"%s\" d=\"%s\"/>\n", kind, d));
  }

  /**
   * @param anchor start, middle or end
   */
  void text(double x, double y, int size, String anchor, String kind, String text) {
    body.append(
        format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\">%s</text>\n",
            kind, x, y, size, anchor, escaped(text)));
  }

  /** The whole file. */
  String document(double width, double height, String title, String description) {
    return format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\""
                + " height=\"%.0f\" role=\"img\" aria-labelledby=\"title desc\">\n",
            width, height, width, height)
        + "<title id=\"title\">"
        + escaped(title)
        + "</title>\n<desc id=\"desc\">"
        + escaped(description)
        + "</desc>\n"
        + STYLE
        + format("<rect class=\"page\" width=\"%.0f\" height=\"%.0f\"/>\n", width, height)
        + body
        + "</svg>\n";
  }

  /** {@code text}, cut to about {@code width} pixels; empty when not even three letters fit. */
  static String fitted(String text, double width, int size) {
    int fits = (int) (width / (size * 0.6));
    if (text.codePointCount(0, text.length()) <= fits) {
      return text;
    }
    return fits < 4 ? "" : text.substring(0, text.offsetByCodePoints(0, fits - 1)) + "…";
  }

  @SuppressWarnings("AnnotateFormatMethod") // that annotation would be one more dependency
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String escaped(String text) {
    return Figures.shown(text, Integer.MAX_VALUE)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
