package dev.makespan.planner;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.report.PlannedFigures;
import dev.makespan.core.report.RunRecord;
import dev.makespan.core.report.RunReport;
import dev.makespan.core.report.TaskTimes;
import dev.makespan.core.run.RunSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Starts runs of stored plans on the scheduler, shows them, and reports what they saved. */
public final class Runs {

  /** Values that a run may be given. */
  static final int MAX_PARAMETERS = 1_000;

  /**
   * What a client wants to run.
   *
   * @param requestId the same id yields the first answer; empty: a new one
   * @param planVersion 0: the newest
   * @param speed plan seconds per real second; 0: 1
   * @param weight its share of agents beside other runs; 0: 1
   */
  public record Wish(
      String requestId,
      String planName,
      int planVersion,
      Map<String, String> parameters,
      boolean simulate,
      double speed,
      int weight) {}

  private final Plans plans;
  private final ParameterBinding parameters;
  private final Analyses analyses;
  private final SchedulerClient scheduler;
  private final ReportStore reports;
  private final InstantSource clock;
  private final Supplier<String> newRequestId;

  Runs(
      Plans plans,
      ParameterBinding parameters,
      Analyses analyses,
      SchedulerClient scheduler,
      ReportStore reports,
      InstantSource clock,
      Supplier<String> newRequestId) {
    this.plans = plans;
    this.parameters = parameters;
    this.analyses = analyses;
    this.scheduler = scheduler;
    this.reports = reports;
    this.clock = clock;
    this.newRequestId = newRequestId;
  }

  /** Durable when answered. */
  public Answer<ObservedRun> start(Wish wish) {
    List<Violation> wrong = violations(wish);
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    return plans
        .planToRun(wish.requestId(), wish.planName(), wish.planVersion())
        .then(opened ->
            parameters
                .bind(opened.plan(), wish.parameters())
                .then(bound -> scheduler.start(order(wish, bound, opened.stored()))));
  }

  /** A run with all its tasks. */
  public Answer<ObservedRun> run(long runId) {
    return checked(runId, "").then(scheduler::run);
  }

  /** Newest first, without tasks; of all plans when the name is empty. */
  public Answer<Page<ObservedRun>> runs(int pageSize, String pageToken, String planName) {
    List<Violation> wrong =
        new Texts()
            .require(
                Page.isSize(pageSize),
                "page_size",
                "expected 0 to " + Page.MAX_SIZE + ", was " + pageSize)
            .id("page_token", pageToken)
            .id("plan_name", planName)
            .violations();
    return wrong.isEmpty()
        ? scheduler.runs(Page.sizeOf(pageSize), pageToken, planName)
        : Answer.refused(Refusal.invalid(wrong));
  }

  /** Nothing new starts after the answer. */
  public Answer<ObservedRun> cancel(long runId, String reason) {
    return checked(runId, reason).then(id -> scheduler.cancel(id, reason));
  }

  /** See {@link SchedulerClient#watch}. */
  public Answer<Flow.Publisher<ObservedEvent>> watch(long runId, long afterPosition) {
    if (afterPosition < 0) {
      return Answer.refused(
          Refusal.invalid(
              List.of(Violation.of("after_position", "expected 0 or more, was " + afterPosition))));
    }
    return checked(runId, "").map(id -> scheduler.watch(id, afterPosition));
  }

  /** What the run saved, so far or in the end; the last report of a finished run is kept. */
  public Answer<RunAccount> report(long runId) {
    return checked(runId, "")
        .then(id ->
            reports
                .findReport(id)
                .filter(kept -> !hasGoneOn(kept.run()))
                .map(Answer::of)
                .orElseGet(() -> newReport(id)));
  }

  /** Whether a run was opened again after its end; not when the scheduler can't say. */
  private boolean hasGoneOn(ObservedRun ended) {
    return scheduler.run(ended.id()) instanceof Answer.Given<ObservedRun>(ObservedRun now)
        && !Objects.equals(now.finishedAt(), ended.finishedAt());
  }

  private Answer<RunAccount> newReport(long runId) {
    return scheduler
        .runOfPlan(runId)
        .then(found ->
            analyses
                .of(found.plan(), found.plan().pools())
                .map(analysis -> account(found, analysis)))
        .map(this::keptIfFinal);
  }

  private RunAccount keptIfFinal(RunAccount account) {
    if (account.run().state().isFinal()) {
      reports.keep(account);
    }
    return account;
  }

  private RunAccount account(SchedulerClient.RunOfPlan found, PlanAnalysis analysis) {
    ObservedRun run = found.run();
    List<TaskTimes> tasks =
        run.tasks().stream()
            .map(task -> new TaskTimes(task.id(), task.readyAt(), task.attempts()))
            .toList();
    RunRecord record = new RunRecord(run.speed(), run.state().isFinal(), clock.instant(), tasks);
    PlannedFigures figures =
        new PlannedFigures(
            analysis.sequential(),
            analysis.criticalPath(),
            analysis.schedule(),
            analysis.lowerBound());
    return new RunAccount(run, RunReport.of(found.plan(), figures, record, run.merges()));
  }

  private SchedulerClient.Start order(Wish wish, Plan bound, StoredPlan stored) {
    return new SchedulerClient.Start(
        wish.requestId().isEmpty() ? newRequestId.get() : wish.requestId(),
        bound,
        stored.version(),
        wish.parameters(),
        wish.simulate(),
        speedOf(wish),
        weightOf(wish));
  }

  private static int weightOf(Wish wish) {
    return wish.weight() == 0 ? RunSpec.MIN_WEIGHT : wish.weight();
  }

  private static double speedOf(Wish wish) {
    return wish.speed() == 0 ? 1 : wish.speed();
  }

  private static List<Violation> violations(Wish wish) {
    double speed = speedOf(wish);
    boolean inRange = speed >= RunSpec.MIN_SPEED && speed <= RunSpec.MAX_SPEED;
    Texts texts =
        new Texts()
            .id("request_id", wish.requestId())
            .require(!wish.planName().isEmpty(), "plan_name", "expected a plan's name, was empty")
            .require(inRange, "speed", "expected 0.001 to 1000000, was " + wish.speed())
            .require(
                !inRange || speed == 1 || wish.simulate(),
                "speed",
                "expected 1 without simulate, was " + wish.speed())
            .require(
                weightOf(wish) >= RunSpec.MIN_WEIGHT && weightOf(wish) <= RunSpec.MAX_WEIGHT,
                "weight",
                "expected 1 to 1000, was " + wish.weight())
            .require(
                wish.parameters().size() <= MAX_PARAMETERS,
                "parameters",
                "expected at most " + MAX_PARAMETERS + ", was " + wish.parameters().size());
    wish.parameters()
        .forEach((name, value) ->
            texts.id("parameters", name).text("parameters." + name, value, Texts.MAX_VALUE));
    return texts.violations();
  }

  private static Answer<Long> checked(long runId, String reason) {
    List<Violation> wrong =
        new Texts()
            .require(runId > 0, "run_id", "expected a number above 0, was " + runId)
            .text("reason", reason, Texts.MAX_REASON)
            .violations();
    return wrong.isEmpty() ? Answer.of(runId) : Answer.refused(Refusal.invalid(wrong));
  }
}
