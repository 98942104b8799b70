package dev.makespan.bench.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each kind of fault was done, and how soon what it did was over. Of one thread. */
final class Recoveries {

  private final Map<Fault, Integer> strikes = new EnumMap<>(Fault.class);
  private final Map<Fault, List<Double>> seconds = new EnumMap<>(Fault.class);

  void struck(Fault fault) {
    strikes.merge(fault, 1, Integer::sum);
  }

  /** One of those whom the fault has hit is over it. */
  void over(Fault fault, Duration after) {
    seconds.computeIfAbsent(fault, _ -> new ArrayList<>()).add(after.toNanos() / 1e9);
  }

  int strikes(Fault fault) {
    return strikes.getOrDefault(fault, 0);
  }

  int strikes() {
    return strikes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** In seconds, sorted. */
  List<Double> of(Fault fault) {
    return seconds.getOrDefault(fault, List.of()).stream().sorted().toList();
  }
}
