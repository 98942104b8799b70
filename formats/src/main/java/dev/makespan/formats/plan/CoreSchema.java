package dev.makespan.formats.plan;

import dev.makespan.core.plan.Node;
import dev.makespan.core.plan.Position;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plain scalar is in the YAML 1.2 core schema (section 10.3.2): {@code no}, {@code 1:30} and
 * {@code 017_5} are text, {@code 0o17} is a number.
 */
final class CoreSchema {

  /** Longest number; anything longer is text. */
  private static final int MAX_NUMBER = 400;

  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
              + "|[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

  private CoreSchema() {}

  static Node resolve(Position at, String plain) {
    if (NOTHING.contains(plain)) {
      return new Node.Nothing(at);
    }
    if (TRUE.contains(plain) || FALSE.contains(plain)) {
      return new Node.Bool(at, TRUE.contains(plain));
    }
    return looksLikeNumber(plain) && NUMBER.matcher(plain).matches()
        ? new Node.Numeral(at, plain)
        : new Node.Text(at, plain);
  }

  private static boolean looksLikeNumber(String plain) {
    char first = plain.charAt(0);
    return plain.length() <= MAX_NUMBER
        && ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.');
  }
}
