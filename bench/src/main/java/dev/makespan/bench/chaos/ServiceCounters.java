package dev.makespan.bench.chaos;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the schedulers count of themselves, added up over their lives: a process that is killed
 * takes along what it has counted since it was asked last.
 */
final class ServiceCounters {

  private static final List<String> NAMES =
      List.of(
          "makespan_journal_refused_total",
          "makespan_journal_retries_total",
          "makespan_leases_total");

  private final Map<String, Double> last = new HashMap<>();
  private final Map<String, Double> sums = new TreeMap<>();

  synchronized void ask(TownService scheduler) {
    long pid = scheduler.pid();
    scheduler.find("/q/metrics").ifPresent(text -> read(pid, text));
  }

  synchronized void read(long pid, String text) {
    for (String name : NAMES) {
      Matcher found = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? (\\S+)$").matcher(text);
      if (found.find()) {
        double value = Double.parseDouble(found.group(1));
        Double before = last.put(pid + name, value);
        sums.merge(name, value - (before == null ? 0 : before), Double::sum);
      }
    }
  }

  synchronized long refusedWrites() {
    return sum("makespan_journal_refused_total");
  }

  synchronized long retriedWrites() {
    return sum("makespan_journal_retries_total");
  }

  private long sum(String name) {
    return Math.round(sums.getOrDefault(name, 0.0));
  }
}
