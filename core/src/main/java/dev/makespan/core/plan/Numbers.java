package dev.makespan.core.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers, exactly as the YAML 1.2 core schema means them. */
final class Numbers {

  /** Longest number that is looked at. */
  private static final int MAX_DIGITS = 40;

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,15}) ?([KMGT]i?)?B");
  private static final String UNITS = "KMGT";

  private final Problems problems;

  Numbers(Problems problems) {
    this.problems = problems;
  }

  long whole(Fields fields, String key, long otherwise, long min, long max) {
    Node node = fields.find(key);
    return node == null ? otherwise : whole(node, key, min, max).orElse(otherwise);
  }

  Optional<Long> whole(Node node, String what, long min, long max) {
    BigInteger value = node instanceof Node.Numeral number ? wholeOf(number.literal()) : null;
    if (value == null) {
      return refused(node, "wrong-type", what + ": expected a whole number");
    }
    if (value.compareTo(BigInteger.valueOf(min)) < 0
        || value.compareTo(BigInteger.valueOf(max)) > 0) {
      return refused(
          node, "out-of-range", what + ": expected a whole number from " + min + " to " + max);
    }
    return Optional.of(value.longValueExact());
  }

  private <T> Optional<T> refused(Node node, String kind, String expected) {
    problems.error(node.at(), kind, expected + ", was " + Shown.kindOf(node));
    return Optional.empty();
  }

  private static @Nullable BigInteger wholeOf(String literal) {
    if (literal.length() > MAX_DIGITS) {
      return literal.matches("[-+]?[0-9]+") ? BigInteger.TEN.pow(MAX_DIGITS) : null;
    }
    if (literal.matches("0o[0-7]+")) {
      return new BigInteger(literal.substring(2), 8);
    }
    if (literal.matches("0x[0-9a-fA-F]+")) {
      return new BigInteger(literal.substring(2), 16);
    }
    return literal.matches("[-+]?[0-9]+") ? new BigInteger(literal) : null;
  }

  @Nullable Double findDecimal(Fields fields, String key, double min, double max) {
    Node node = fields.find(key);
    return node == null ? null : decimal(node, key, min, max).orElse(null);
  }

  Optional<Double> decimal(Node node, String what, double min, double max) {
    if (!(node instanceof Node.Numeral number)) {
      return refused(node, "wrong-type", what + ": expected a number");
    }
    double value = decimalOf(number.literal());
    if (!Double.isFinite(value) || value < min || value > max) {
      String expected =
          min == -Double.MAX_VALUE ? "a finite number" : "a number from " + min + " to " + max;
      return refused(node, "out-of-range", what + ": expected " + expected);
    }
    return Optional.of(value);
  }

  private static double decimalOf(String literal) {
    BigInteger whole = wholeOf(literal);
    if (whole != null) {
      return whole.doubleValue();
    }
    try {
      return Double.parseDouble(literal);
    } catch (NumberFormatException infiniteOrNone) {
      return Double.NaN;
    }
  }

  /** A percentage such as {@code 50%} as a fraction. */
  Optional<BigDecimal> percent(Node node, String what) {
    String expected = what + ": expected a percentage such as 50%";
    if (!(node instanceof Node.Text text) || !text.value().endsWith("%")) {
      return refused(node, "wrong-type", expected);
    }
    String number = text.value().substring(0, text.value().length() - 1);
    if (!DECIMAL.matcher(number).matches()) {
      return refused(node, "wrong-type", expected);
    }
    BigDecimal fraction = new BigDecimal(number).movePointLeft(2);
    return fraction.compareTo(BigDecimal.ONE) > 0
        ? refused(node, "out-of-range", what + ": expected at most 100%")
        : Optional.of(fraction);
  }

  /** A number of bytes such as {@code 30KB} (thousands) or {@code 2MiB} (times 1024). */
  Optional<Long> bytes(Node node, String what) {
    String expected = what + ": expected a number of bytes such as 30KB or 2MiB";
    Matcher matcher = BYTES.matcher(node instanceof Node.Text text ? text.value() : "");
    if (!matcher.matches()) {
      return refused(node, "wrong-type", expected);
    }
    String unit = matcher.group(2) == null ? "" : matcher.group(2);
    long base = unit.endsWith("i") ? 1024 : 1000;
    try {
      long bytes = Long.parseLong(matcher.group(1));
      int steps = unit.isEmpty() ? 0 : UNITS.indexOf(unit.charAt(0)) + 1;
      for (int i = 0; i < steps; i++) {
        bytes = Math.multiplyExact(bytes, base);
      }
      return bytes > 0
          ? Optional.of(bytes)
          : refused(node, "out-of-range", what + ": expected at least one byte");
    } catch (ArithmeticException overflow) {
      return refused(node, "out-of-range", what + ": expected at most 8 EiB");
    }
  }

  /** A size such as {@code 1200 loc}, or a rate's {@code 100}: positive and not too long. */
  static @Nullable BigDecimal positive(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return null;
    }
    BigDecimal value = new BigDecimal(text);
    return value.signum() > 0 ? value : null;
  }
}
