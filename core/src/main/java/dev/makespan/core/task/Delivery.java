package dev.makespan.core.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an attempt leaves to the tasks that need its own.
 *
 * @param commit that holds the work, in hex; empty: none
 * @param outputs what those tasks are told, name by name
 */
public record Delivery(String commit, Map<String, String> outputs) {

  /** Nothing. */
  public static final Delivery NONE = new Delivery("", Map.of());

  public Delivery {
    outputs =
        outputs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }
}
