package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be done about a finding.
 *
 * @param kind a stable name for programs within the finding's kind: {@code split-file}
 * @param title one sentence in the imperative
 * @param makespan of the plan with this remedy alone; null: not priced, {@code rests} says why
 * @param gain how much shorter that is than the schedule now; negative: it costs time; zero when
 *     not priced
 * @param effort of the people who carry it out, beyond the plan file
 * @param risk that it does not come out as computed
 * @param rests what it takes for granted, one sentence; empty: nothing
 * @param changes what {@code makespan apply} makes; empty: nothing that a plan file can say
 */
public record Remedy(
    String kind,
    String title,
    @Nullable Duration makespan,
    Duration gain,
    Level effort,
    Level risk,
    String rests,
    List<PlanChange> changes) {

  public Remedy {
    changes = List.copyOf(changes);
  }

  public boolean isPriced() {
    return makespan != null;
  }
}
