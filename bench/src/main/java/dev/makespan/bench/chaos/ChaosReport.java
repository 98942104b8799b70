package dev.makespan.bench.chaos;

import dev.makespan.bench.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a campaign has found, for people and for programs. */
final class ChaosReport {

  private final List<FaultRow> faults = new ArrayList<>();
  private final List<PromiseRow> promises = new ArrayList<>();
  private final Map<String, Long> seen = new LinkedHashMap<>();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<String> broken = new ArrayList<>();

  /**
   * A kind of fault.
   *
   * @param seconds until it was over, sorted
   */
  record FaultRow(String words, int strikes, double bound, List<Double> seconds) {

    /** Of how many per cent the bound was kept. */
    double within() {
      long kept = seconds.stream().filter(one -> one <= bound).count();
      return seconds.isEmpty() ? Double.NaN : 100.0 * kept / seconds.size();
    }

    private double median() {
      int last = seconds.size() - 1;
      return (seconds.get(last / 2) + seconds.get(seconds.size() / 2)) / 2;
    }

    String text() {
      return seconds.isEmpty()
          ? row(words, strikes, bound, "-", "-", "-", "-")
          : row(
              words,
              strikes,
              bound,
              shown(seconds.getFirst()),
              shown(median()),
              shown(seconds.getLast()),
              String.format(Locale.ROOT, "%.0f %% of %d", within(), seconds.size()));
    }

    static String heading() {
      return String.format(
          Locale.ROOT,
          "%-68s %6s %7s %7s %7s %7s  %s",
          "fault, and when it is over",
          "times",
          "bound s",
          "min",
          "median",
          "max",
          "within the bound");
    }

    private static String row(
        String words, int strikes, double bound, String min, String median, String max, String in) {
      return String.format(
          Locale.ROOT,
          "%-68s %6d %7.1f %7s %7s %7s  %s",
          words,
          strikes,
          bound,
          min,
          median,
          max,
          in);
    }

    private static String shown(double value) {
      return String.format(Locale.ROOT, "%.2f", value);
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"fault\":%s,\"strikes\":%d,\"boundSeconds\":%.1f,\"measured\":%d,"
              + "\"minSeconds\":%s,\"medianSeconds\":%s,\"maxSeconds\":%s}",
          Machine.quoted(words),
          strikes,
          bound,
          seconds.size(),
          seconds.isEmpty() ? "null" : shown(seconds.getFirst()),
          seconds.isEmpty() ? "null" : shown(median()),
          seconds.isEmpty() ? "null" : shown(seconds.getLast()));
    }
  }

  /** How often a promise was looked at, and how often it was broken. */
  record PromiseRow(String words, long looks, long breaks) {

    /** Never broken in N looks: fewer than 3 in N, with a confidence of 95 %. */
    String bound() {
      if (looks == 0) {
        return "never looked at";
      }
      return breaks > 0
          ? "BROKEN"
          : String.format(Locale.ROOT, "fewer than %.2g of all", Math.min(1, 3.0 / looks));
    }

    String text() {
      return String.format(Locale.ROOT, "%-68s %9d %7d  %s", words, looks, breaks, bound());
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"promise\":%s,\"looks\":%d,\"broken\":%d,\"upperBound\":%s}",
          Machine.quoted(words),
          looks,
          breaks,
          looks == 0 || breaks > 0
              ? "null"
              : String.format(Locale.ROOT, "%.3g", Math.min(1, 3.0 / looks)));
    }
  }

  void add(Recoveries recoveries, List<Fault> chosen, Duration lease) {
    for (Fault fault : chosen) {
      faults.add(
          new FaultRow(
              fault.words(),
              recoveries.strikes(fault),
              fault.bound(lease, ChaosClient.PATIENCE).toMillis() / 1e3,
              recoveries.of(fault)));
    }
  }

  void add(FaultRow row) {
    faults.add(row);
  }

  void add(Evidence evidence) {
    for (Promise promise : Promise.values()) {
      promises.add(
          new PromiseRow(promise.words(), evidence.looks(promise), evidence.breaks(promise)));
    }
    broken(evidence);
  }

  void broken(Evidence evidence) {
    evidence.violations().forEach(violation -> broken(violation.text()));
  }

  void broken(String what) {
    broken.add(what);
  }

  void seen(String what, long count) {
    seen.put(what, count);
  }

  void fact(String name, Object value) {
    facts.put(name, String.valueOf(value));
  }

  boolean isKept() {
    return broken.isEmpty();
  }

  String text(long seed) {
    List<String> lines = new ArrayList<>();
    facts.forEach((name, value) -> lines.add(name + ": " + value));
    lines.add("");
    lines.add(FaultRow.heading());
    faults.forEach(row -> lines.add(row.text()));
    lines.add("");
    lines.add(
        String.format(Locale.ROOT, "%-68s %9s %7s  %s", "promise", "looks", "broken", "at 95 %"));
    promises.forEach(row -> lines.add(row.text()));
    lines.add("");
    lines.add("seen:");
    seen.forEach((what, count) -> lines.add(String.format(Locale.ROOT, "%9d %s", count, what)));
    if (!broken.isEmpty()) {
      lines.add("");
      lines.add("BROKEN PROMISES, seed " + seed + ":");
      broken.forEach(what -> lines.add("  " + what));
    }
    return String.join("\n", lines);
  }

  String json(Machine machine, long seed) {
    return "{\"machine\":%s,\"seed\":%d,\"facts\":%s,\"faults\":[%s],\"promises\":[%s],\"seen\":{%s},\"broken\":[%s]}"
        .formatted(
            machine.json(),
            seed,
            facts.entrySet().stream()
                .map(f -> Machine.quoted(f.getKey()) + ":" + Machine.quoted(f.getValue()))
                .collect(Collectors.joining(",", "{", "}")),
            faults.stream().map(FaultRow::json).collect(Collectors.joining(",")),
            promises.stream().map(PromiseRow::json).collect(Collectors.joining(",")),
            seen.entrySet().stream()
                .map(s -> Machine.quoted(s.getKey()) + ":" + s.getValue())
                .collect(Collectors.joining(",")),
            broken.stream().map(Machine::quoted).collect(Collectors.joining(",")));
  }
}
