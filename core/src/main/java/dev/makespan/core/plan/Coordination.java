package dev.makespan.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Who is told what and when. */
public record Coordination(
    List<Digest> digests, List<Escalation> escalation, Map<String, Duration> targets) {

  /** Nobody is told anything. */
  public static final Coordination NONE = new Coordination(List.of(), List.of(), Map.of());

  /**
   * A summary at a time of day.
   *
   * @param at {@code HH:MM}
   */
  public record Digest(String name, String at) {}

  /** Who is notified when something has waited so long. */
  public record Escalation(Duration after, String notified) {}

  public Coordination {
    digests = List.copyOf(digests);
    escalation = List.copyOf(escalation);
    targets = Ordered.copyOf(targets);
  }
}
