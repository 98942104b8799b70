package dev.makespan.bench.chaos;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often each promise was looked at, and where it was broken. Of one thread. */
final class Evidence {

  /** More of them say nothing new. */
  private static final int KEPT = 50;

  private final Map<Promise, Long> looks = new EnumMap<>(Promise.class);
  private final Map<Promise, Long> breaks = new EnumMap<>(Promise.class);
  private final Set<Violation> violations = new LinkedHashSet<>();

  /** Looks once; {@code holds} false: it is broken, and {@code evidence} says where. */
  @SuppressWarnings("AnnotateFormatMethod") // a library for one annotation
  void look(Promise promise, boolean holds, String evidence, Object... arguments) {
    looks.merge(promise, 1L, Long::sum);
    if (!holds) {
      breaks.merge(promise, 1L, Long::sum);
      if (violations.size() < KEPT) {
        violations.add(new Violation(promise, evidence.formatted(arguments)));
      }
    }
  }

  long looks(Promise promise) {
    return looks.getOrDefault(promise, 0L);
  }

  long breaks(Promise promise) {
    return breaks.getOrDefault(promise, 0L);
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }
}
