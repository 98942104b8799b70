package dev.makespan.bench.chaos;

import dev.makespan.core.task.Fences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Everything that agents and clients write down, from any thread. */
final class History {

  /** Where the generation of an ownership begins in a fence. */
  private static final int GENERATION_BITS = 40;

  private static final int KEPT_TROUBLES = 10;

  private final Map<Integer, Long> generations = new ConcurrentHashMap<>();
  private final List<Happening> waiting = new ArrayList<>();
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private final Set<String> troubles = ConcurrentHashMap.newKeySet();
  private volatile long assignedNanos;
  private volatile long committedSayingNanos;

  synchronized void add(Happening happening) {
    waiting.add(happening);
    if (happening instanceof Happening.Assigned assigned) {
      assignedNanos = System.nanoTime();
      long fence = assigned.attempt().fence();
      generations.merge(Fences.shardOf(fence), fence >>> GENERATION_BITS, Math::max);
    }
  }

  /** What was written since the last call. */
  synchronized List<Happening> drain() {
    List<Happening> drained = List.copyOf(waiting);
    waiting.clear();
    return drained;
  }

  /** A result was acknowledged as committed that had been said for the first time at this time. */
  void committed(long saidNanos) {
    committedSayingNanos = Math.max(committedSayingNanos, saidNanos);
  }

  void count(String what) {
    counts.computeIfAbsent(what, _ -> new AtomicLong()).incrementAndGet();
  }

  /** Something that is no fault's doing, as far as its teller can see. */
  void trouble(String what) {
    if (troubles.size() < KEPT_TROUBLES) {
      troubles.add(what);
    }
  }

  List<String> troubles() {
    return List.copyOf(troubles);
  }

  Map<String, Long> counts() {
    Map<String, Long> sorted = new TreeMap<>();
    counts.forEach((what, count) -> sorted.put(what, count.get()));
    return sorted;
  }

  long counted(String what) {
    AtomicLong count = counts.get(what);
    return count == null ? 0 : count.get();
  }

  /** The newest ownership of {@code shard} of which an agent has had an assignment. */
  long generation(int shard) {
    return generations.getOrDefault(shard, 0L);
  }

  boolean hasAssignedSince(long nanos) {
    return assignedNanos - nanos > 0;
  }

  /** Whether something that was said after {@code nanos} is durable and acknowledged. */
  boolean hasCommittedSince(long nanos) {
    return committedSayingNanos - nanos > 0;
  }
}
