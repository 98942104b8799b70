package dev.makespan.core.finding;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What could be better in a plan, beside its {@link PlanAnalysis}.
 *
 * @param findings the largest gain first
 * @param proposal the plan with the remedies that win time together
 * @param decisions one for each finding that something can be done about
 * @param modules the folders and files that the plan touches, by path
 * @param wiring stubs in the order to wire them in
 * @param sessions tasks to do in one session each
 * @param checklist what to watch, from the plan's risks
 */
public record PlanReview(
    List<Finding> findings,
    Proposal proposal,
    List<Decision> decisions,
    List<ModuleImpact> modules,
    List<WiringPoint> wiring,
    List<Session> sessions,
    List<Check> checklist) {

  public PlanReview {
    findings = List.copyOf(findings);
    decisions = List.copyOf(decisions);
    modules = List.copyOf(modules);
    wiring = List.copyOf(wiring);
    sessions = List.copyOf(sessions);
    checklist = List.copyOf(checklist);
  }

  /** What is looked for, in no order that matters. */
  private static final List<Finder> FINDERS =
      List.of(
          new NeedlessDependencies(),
          new TaskSplits(),
          new EarlyMilestones(),
          new Contracts(),
          new ConcurrentTests(),
          new FileHazards(),
          new Ownerships(),
          new Bottlenecks(),
          new SerialPlans(),
          new Groupings(),
          new Wirings(),
          new Risks());

  /** Reviews a plan; the same arguments give the same review. */
  public static PlanReview of(Plan plan, Map<Role, Integer> pools, Search search) {
    return of(Scope.of(plan, pools, search));
  }

  /** Reviews a plan that was scheduled and analysed already. */
  public static PlanReview of(Scope scope) {
    List<Finding> findings =
        FINDERS.stream()
            .flatMap(finder -> finder.find(scope).stream())
            .sorted(
                Comparator.comparing(Finding::gain)
                    .reversed()
                    .thenComparing(Finding::severity, Comparator.reverseOrder())
                    .thenComparing(Finding::kind)
                    .thenComparing(Finding::id))
            .toList();
    return new PlanReview(
        findings,
        Proposals.of(scope, findings),
        Decisions.of(findings),
        Modules.of(scope.plan()),
        Wirings.points(scope),
        Sessions.of(scope),
        Checklist.of(scope));
  }

  /**
   * The plan with the remedies that win time together.
   *
   * @param applied ids of the findings whose recommended remedies are in it
   * @param analysis of the changed plan; its lower bound is the best possible
   * @param changes all that was changed, in order
   */
  public record Proposal(List<String> applied, PlanAnalysis analysis, List<PlanChange> changes) {
    public Proposal {
      applied = List.copyOf(applied);
      changes = List.copyOf(changes);
    }

    /** No schedule of the changed plan is shorter. */
    public Duration bestPossible() {
      return analysis.lowerBound();
    }
  }

  /**
   * One row of the decision matrix.
   *
   * @param feasible whether the plan file alone can say it
   */
  public record Decision(
      String finding,
      String opportunity,
      boolean feasible,
      Level risk,
      Level effort,
      Duration gain,
      Recommendation recommendation) {}

  /** What to do about an opportunity. */
  public enum Recommendation {
    DO,
    CONSIDER,
    LEAVE
  }

  /** A file or folder, and who touches it. */
  public record ModuleImpact(String path, List<TaskId> writers, List<TaskId> readers) {
    public ModuleImpact {
      writers = List.copyOf(writers);
      readers = List.copyOf(readers);
    }
  }

  /**
   * A stub to wire when both sides are done.
   *
   * @param order from 1
   * @param circle tasks that wait for each other in a circle, the consumer first and the producer
   *     last; empty: none
   */
  public record WiringPoint(
      int order, TaskId producer, TaskId consumer, String via, List<TaskId> circle) {
    public WiringPoint {
      circle = List.copyOf(circle);
    }
  }

  /**
   * Tasks of one session.
   *
   * @param load how long they take together
   */
  public record Session(int number, List<TaskId> tasks, Duration load, String reason) {
    public Session {
      tasks = List.copyOf(tasks);
    }
  }

  /** Something to watch. */
  public record Check(String risk, String text, List<TaskId> tasks, boolean critical) {
    public Check {
      tasks = List.copyOf(tasks);
    }
  }
}
