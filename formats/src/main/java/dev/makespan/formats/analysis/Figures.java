package dev.makespan.formats.analysis;

import dev.makespan.core.finding.Remedy;
import dev.makespan.core.plan.Shown;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Durations, counts and names for people; durations as plans write them. */
public final class Figures {

  private static final double PER_CENT = 100.0;

  private Figures() {}

  /** "2h15m", "38m", "45s", "200ms", "0s"; whole seconds from a second on. */
  public static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "-" + duration(duration.negated());
    }
    if (duration.compareTo(Duration.ofSeconds(1)) < 0 && !duration.isZero()) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.plusMillis(500).toSeconds();
    StringBuilder text = new StringBuilder();
    append(text, seconds / 3600, "h");
    append(text, seconds / 60 % 60, "m");
    append(text, seconds % 60, "s");
    return text.isEmpty() ? "0s" : text.toString();
  }

  /** "T+2h15m" */
  public static String at(Duration sinceStart) {
    return "T+" + duration(sinceStart);
  }

  /** "13.3 %" */
  public static String share(Duration part, Duration whole) {
    double share = whole.isZero() ? 0 : PER_CENT * part.toMillis() / whole.toMillis();
    return String.format(Locale.ROOT, "%.1f %%", share);
  }

  /** "1 error", "2 errors", "no errors" */
  public static String count(long count, String noun) {
    return (count == 0 ? "no" : Long.toString(count)) + " " + noun + (count == 1 ? "" : "s");
  }

  /** "wins 2h15m", "costs 15m", "wins nothing", "not priced" */
  static String gain(Remedy remedy) {
    return remedy.isPriced() ? gain(remedy.gain()) : "not priced";
  }

  /** "wins 2h15m", "costs 15m", "wins nothing" */
  static String gain(Duration gain) {
    if (gain.isZero()) {
      return "wins nothing";
    }
    return gain.isNegative() ? "costs " + duration(gain.negated()) : "wins " + duration(gain);
  }

  /** A constant as programs and people read it: {@code write-write}, {@code low}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> ids(Collection<TaskId> tasks) {
    return tasks.stream().map(TaskId::value).toList();
  }

  /** The first {@code max} tasks, and how many more there are. */
  static String names(List<TaskId> tasks, String separator, int max) {
    String named =
        tasks.stream().limit(max).map(TaskId::value).collect(Collectors.joining(separator));
    return tasks.size() > max ? named + separator + "and " + (tasks.size() - max) + " more" : named;
  }

  /** Text of an author in one line, safe to show, of at most {@code max} code points. */
  static String shown(String text, int max) {
    if (text.codePointCount(0, text.length()) <= max) {
      return Shown.escaped(text);
    }
    return Shown.escaped(text.substring(0, text.offsetByCodePoints(0, max - 1))) + "…";
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }
}
