package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

/**
 * The scheduler, from here. Calls block, outlast a short absence of the scheduler, and are refused
 * as UNAVAILABLE when it stays away.
 */
public interface SchedulerClient {

  /**
   * What is to be run.
   *
   * @param requestId the same id yields the first answer
   */
  record Start(
      String requestId,
      Plan plan,
      int planVersion,
      Map<String, String> parameters,
      boolean simulate,
      double speed,
      int weight) {}

  /** A run with the plan it was started with. */
  record RunOfPlan(ObservedRun run, Plan plan) {}

  Answer<ObservedRun> start(Start start);

  /** One run with all its tasks. */
  Answer<ObservedRun> run(long runId);

  Answer<RunOfPlan> runOfPlan(long runId);

  /** Newest first, without tasks; of all plans when the name is empty. */
  Answer<Page<ObservedRun>> runs(int pageSize, String pageToken, String planName);

  Answer<ObservedRun> cancel(long runId, String reason);

  /** Durable when answered. */
  Answer<ObservedRun> change(long runId, RunChange change);

  /** Why a task is not running; no task: all that are neither running nor over. */
  Answer<ObservedExplanation> explain(long runId, String task);

  /** The agents of all shards, by id. */
  Answer<ObservedFleet> agents();

  /** Durable when answered; all that is paused then. */
  Answer<List<ObservedPause>> pauseAgents(AgentSubject subject, String reason, String by);

  /** Durable when answered; all that is paused then. */
  Answer<List<ObservedPause>> resumeAgents(AgentSubject subject);

  /**
   * Events after a position, then live, until the run has finished; at the subscriber's pace, and
   * over restarts of the scheduler. Ends with a {@link WatchRefused}, or completes.
   */
  Flow.Publisher<ObservedEvent> watch(long runId, long afterPosition);

  /** Why a watch ended early, for {@link Flow.Subscriber#onError}. */
  final class WatchRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    public WatchRefused(Refusal refusal) {
      super(refusal.message(), null, false, false);
      this.refusal = refusal;
    }

    public Refusal refusal() {
      return refusal;
    }
  }
}
