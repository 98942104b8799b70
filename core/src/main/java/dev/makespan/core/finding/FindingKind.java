package dev.makespan.core.finding;

import java.util.Locale;

/** What a finding is about. */
public enum FindingKind {
  /** Two unordered tasks write one file. */
  WRITE_WRITE,
  /** One of two unordered tasks writes what the other reads. */
  READ_WRITE,
  /** A need that others imply, or over which nothing flows. */
  NEEDLESS_DEPENDENCY,
  /** A task whose steps need different predecessors, or of which a successor needs only a part. */
  SPLIT,
  /** A successor reads only what an early step writes. */
  MILESTONE,
  /** A need across an interface, which a contract could stand in for. */
  STUB,
  /** Test steps without shared state, one after another. */
  CONCURRENT_TESTS,
  /** A task writes a file whose policy names another owner. */
  OWNERSHIP,
  /** A file whose turns bind the schedule. */
  HOT_FILE,
  /** A shared resource that binds the schedule. */
  HOT_RESOURCE,
  /** A pool of agents that binds the schedule. */
  HOT_ROLE,
  /** The critical path is most of the work. */
  SERIAL,
  /** Tasks that are better done in the same session. */
  GROUPING,
  /** Stubs to wire, in an order that respects the data flow. */
  WIRING,
  /** Tasks whose slip moves the finish most, and risks of the plan on critical tasks. */
  RISK;

  /** As in ids of findings and in JSON: {@code write-write}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
