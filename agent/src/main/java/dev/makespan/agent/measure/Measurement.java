package dev.makespan.agent.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What reading reports has come to. */
public sealed interface Measurement {

  /** {@link Tally#metrics}. */
  record Read(Map<String, Double> metrics) implements Measurement {
    public Read {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }

  /** Nothing of it counts: half a report would pass a gate. */
  record Unreadable(String problem) implements Measurement {}
}
