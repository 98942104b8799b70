package dev.makespan.formats.edit;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values as they are written into a plan file: plain where that is safe, else quoted as in JSON.
 */
final class Written {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_./][A-Za-z0-9_./*+@-]*");
  private static final Pattern WORDS =
      Pattern.compile("[A-Za-z][A-Za-z0-9_.,/()+-]*( [A-Za-z0-9_./()+-]+)*");
  private static final Pattern DURATION = Pattern.compile("([0-9]+(ms|[dhms]))+");
  private static final Pattern NUMBER_LIKE =
      Pattern.compile("\\.[0-9].*|\\.inf|\\.nan", Pattern.CASE_INSENSITIVE);
  private static final Set<String> RESERVED =
      Set.of("true", "false", "null", "yes", "no", "on", "off");

  private final boolean json;

  /** {@code json}: keys and texts in quotes. */
  Written(boolean json) {
    this.json = json;
  }

  String text(String value) {
    boolean plain =
        !json
            && (PLAIN.matcher(value).matches()
                || WORDS.matcher(value).matches()
                || DURATION.matcher(value).matches())
            && value.indexOf(',') < 0
            && !NUMBER_LIKE.matcher(value).matches()
            && !RESERVED.contains(value.toLowerCase(Locale.ROOT));
    return plain ? value : quoted(value);
  }

  String key(String name) {
    return text(name) + ": ";
  }

  String list(List<String> items) {
    return "[" + String.join(", ", items) + "]";
  }

  /** {@code entries}: keys and values in turn, values written already. */
  String mapping(List<String> entries) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < entries.size(); i += 2) {
      text.append(i == 0 ? "" : ", ").append(key(entries.get(i))).append(entries.get(i + 1));
    }
    return text.append('}').toString();
  }

  private static String quoted(String value) {
    return value
        .codePoints()
        .mapToObj(Written::escaped)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          c < ' ' || (c >= 0x7f && c < 0xa0)
              ? String.format(Locale.ROOT, "\\u%04x", c)
              : Character.toString(c);
    };
  }
}
