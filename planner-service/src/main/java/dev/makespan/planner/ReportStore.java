package dev.makespan.planner;

import java.util.Optional;

/** Where the reports of finished runs are kept, so that they outlive the run's journal. */
public interface ReportStore {

  Optional<RunAccount> findReport(long runId);

  /** In place of what was kept of the same run. */
  void keep(RunAccount account);
}
