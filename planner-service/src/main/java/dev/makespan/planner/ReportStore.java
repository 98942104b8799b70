package dev.makespan.planner;

import java.util.Optional;

/** Where the reports of finished runs are kept, so that they outlive the run's journal. */
public interface ReportStore {

  Optional<RunAccount> findReport(long runId);

  /** Keeping the report of a run again changes nothing. */
  void keep(RunAccount account);
}
