package dev.makespan.core.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an attempt leaves: to the tasks that need its own, and to who asks how it went.
 *
 * @param commit that holds the work, in hex; empty: none
 * @param outputs what those tasks are told, name by name
 */
public record Delivery(String commit, Map<String, String> outputs, Traces traces) {

  /** Nothing. */
  public static final Delivery NONE = new Delivery("", Map.of(), Traces.NONE);

  public Delivery {
    outputs =
        outputs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** Of work of which nobody reported what it touched. */
  public Delivery(String commit, Map<String, String> outputs) {
    this(commit, outputs, Traces.NONE);
  }

  /** The same of an attempt that has used at least so much. */
  Delivery usingAtLeast(Traces.Usage least) {
    Traces more = traces.usingAtLeast(least);
    return more.equals(traces) ? this : new Delivery(commit, outputs, more);
  }

  /** Of a failure: nothing for others, but what it touched and used all the same. */
  public static Delivery of(Traces traces) {
    return traces.equals(Traces.NONE) ? NONE : new Delivery("", Map.of(), traces);
  }
}
