package dev.makespan.planner;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes plans and versions that no live run uses. */
public final class PlanDeletion {

  /** Pages of runs that are looked through, newest first; older runs than these are not seen. */
  static final int MAX_PAGES = 20;

  private final PlanStore store;
  private final SchedulerClient scheduler;

  PlanDeletion(PlanStore store, SchedulerClient scheduler) {
    this.store = store;
    this.scheduler = scheduler;
  }

  /**
   * Deletes a version, or with 0 the plan with all its versions. A run that is started meanwhile
   * has its own copy of the plan and goes on.
   *
   * @param allowMissing what is not there counts as deleted
   * @return how many versions were deleted
   */
  public Answer<Integer> delete(String name, int version, boolean allowMissing) {
    List<Violation> wrong =
        new Texts()
            .id("name", name)
            .require(!name.isEmpty(), "name", "expected a plan's name, was empty")
            .require(version >= 0, "version", "expected 0 or more, was " + version)
            .violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    if (store.findVersion(name, version).isEmpty()) {
      return missing(name, version, allowMissing);
    }
    return liveRun(name, version)
        .then(live ->
            live.isPresent()
                ? Answer.refused(inUse(live.get()))
                : deleted(name, version, allowMissing));
  }

  private Answer<Integer> deleted(String name, int version, boolean allowMissing) {
    int deleted = store.delete(name, version);
    return deleted == 0 ? missing(name, version, allowMissing) : Answer.of(deleted);
  }

  private static Answer<Integer> missing(String name, int version, boolean allowMissing) {
    return allowMissing ? Answer.of(0) : Answer.refused(Plans.notFound(name, version));
  }

  private Answer<Optional<ObservedRun>> liveRun(String name, int version) {
    String token = "";
    for (int n = 0; n < MAX_PAGES; n++) {
      switch (scheduler.runs(Page.MAX_SIZE, token, name)) {
        case Answer.Refused<Page<ObservedRun>>(Refusal refusal) -> {
          return Answer.refused(refusal);
        }
        case Answer.Given<Page<ObservedRun>>(Page<ObservedRun> page) -> {
          Optional<ObservedRun> live =
              page.items().stream().filter(run -> uses(run, name, version)).findFirst();
          if (live.isPresent() || page.nextToken().isEmpty()) {
            return Answer.of(live);
          }
          token = page.nextToken();
        }
      }
    }
    return Answer.of(Optional.empty());
  }

  private static boolean uses(ObservedRun run, String name, int version) {
    return !run.state().isFinal()
        && run.planName().equals(name)
        && (version == 0 || run.planVersion() == version);
  }

  private static Refusal inUse(ObservedRun run) {
    return new Refusal(
        Refusal.Kind.PRECONDITION,
        "PLAN_IN_USE",
        "run %d of plan '%s' with version %d is live; cancel it or wait for its end"
            .formatted(run.id(), run.planName(), run.planVersion()),
        List.of(),
        Map.of("run_id", Long.toString(run.id())));
  }
}
