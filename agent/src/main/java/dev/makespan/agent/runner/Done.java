package dev.makespan.agent.runner;

import dev.makespan.core.session.Usage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What good work has made, beside files.
 *
 * @param outputs what tasks that need this one are told, name by name
 * @param metrics what was measured
 */
public record Done(Map<String, String> outputs, Map<String, Double> metrics, Usage usage) {

  /** Nothing beside files. */
  public static final Done NOTHING_ELSE = new Done(Map.of(), Map.of(), Usage.NONE);

  public Done {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** This, and {@code value} under {@code name} for who needs the task. */
  public Done publishing(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(outputs);
    more.put(name, value);
    return new Done(more, metrics, usage);
  }

  /** This, and one figure more. */
  public Done measuring(String name, double value) {
    Map<String, Double> more = new LinkedHashMap<>(metrics);
    more.put(name, value);
    return new Done(outputs, more, usage);
  }
}
