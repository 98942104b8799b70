package dev.makespan.core.plan;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a task belongs and how much it matters.
 *
 * @param phase null: none
 * @param risk null: not said
 */
public record Placement(
    @Nullable PhaseId phase,
    Role role,
    Priority priority,
    @Nullable Level risk,
    Map<String, String> labels) {

  public Placement {
    labels = Ordered.copyOf(labels);
  }

  public static Placement in(Role role) {
    return new Placement(null, role, Priority.P2, null, Map.of());
  }
}
