package dev.makespan.core.run;

import java.util.List;

/**
 * One run: its spec and the lives of its tasks. Mutable, owned by one thread; changed by {@link
 * #apply} alone, so that the journal rebuilds it.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Run {

  private final RunSpec spec;

  public Run(RunSpec spec) {
    this.spec = spec;
  }

  /** A run as its journal says. */
  public static Run replay(RunSpec spec, List<RunEvent> journal) {
    Run run = new Run(spec);
    journal.forEach(run::apply);
    return run;
  }

  public RunSpec spec() {
    return spec;
  }

  /** Applies one event that was decided for this run; the next position. */
  public void apply(RunEvent event) {
    throw new IllegalStateException("being written");
  }

  /** What clients see of it. */
  public RunView view() {
    throw new IllegalStateException("being written");
  }
}
