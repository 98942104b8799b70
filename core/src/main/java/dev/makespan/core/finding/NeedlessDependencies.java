package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds needs that others imply, and needs over which nothing flows. Of the latter only those
 * between tasks that say what they read and what they change: of others nothing can be told.
 */
final class NeedlessDependencies implements Finder {

  /** In larger plans nothing is spent on the price of leaving out what others imply. */
  private static final int MAX_TASKS_PRICED = 1_000;

  @Override
  public List<Finding> find(Scope scope) {
    FileFlows flows = scope.flows();
    List<WholeNeed> needs = scope.wholeNeeds();
    List<Finding> findings = new ArrayList<>();
    Pricer idle = new Pricer(scope);
    Pricer prices = new Pricer(scope);
    needs.stream()
        .filter(need -> !scope.implied().contains(need.slot()))
        .filter(need -> nothingFlows(scope, flows, need))
        .sorted(WholeNeed.BEST_FIRST)
        .limit(Pricer.affordable(scope))
        .forEach(need -> idle(scope, flows, need, prices).ifPresent(findings::add));
    needs.stream()
        .filter(need -> scope.implied().contains(need.slot()))
        .limit(Pricer.MAX_FOUND)
        .forEach(need -> findings.add(implied(scope, need, idle)));
    return findings;
  }

  private static Finding implied(Scope scope, WholeNeed need, Pricer prices) {
    List<PlanChange> changes =
        List.of(new PlanChange.RemoveNeed(need.consumerIn(scope).id(), need.need()));
    Duration now = Duration.ofMillis(scope.makespanMillis());
    // Another makespan would be the search's luck: the same schedules are possible.
    boolean same =
        scope.plan().tasks().size() <= MAX_TASKS_PRICED
            && prices.makespan(changes).filter(now::equals).isPresent();
    Remedy remedy =
        new Remedy(
            "remove-need",
            "Leave out the need of %s on %s, which wins no time but reads easier."
                .formatted(need.consumerIn(scope).id(), need.need()),
            same ? now : null,
            Duration.ZERO,
            Level.LOW,
            Level.LOW,
            "The same schedules are possible with and without it.",
            changes);
    return finding(
        scope,
        need,
        Level.LOW,
        Confidence.CERTAIN,
        "%s need not name %s: its other needs imply it."
            .formatted(need.consumerIn(scope).id(), need.need()),
        "is implied by the other needs of %s".formatted(need.consumerIn(scope).id()),
        remedy);
  }

  /** Both say what they do, the provider for files alone, and nothing of it reaches the other. */
  private static boolean nothingFlows(Scope scope, FileFlows flows, WholeNeed need) {
    return FileFlows.reads(flows.touched(need.consumer()))
        && FileFlows.changes(flows.touched(need.provider()))
        && !flows.carriesMore(need.providerIn(scope))
        && !isApproved(need.providerIn(scope).completion())
        && !flows.flows(need.provider(), need.consumer());
  }

  /** Somebody's consent is waited for, whatever the files. */
  private static boolean isApproved(Completion completion) {
    return !completion.gates().isEmpty()
        && completion.gates().stream().anyMatch(Gate.Approval.class::isInstance);
  }

  private static Optional<Finding> idle(
      Scope scope, FileFlows flows, WholeNeed need, Pricer prices) {
    Task consumer = need.consumerIn(scope);
    List<PlanChange> removal = List.of(new PlanChange.RemoveNeed(consumer.id(), need.need()));
    Optional<FilePattern> rewritten =
        FileFlows.conflict(flows.touched(need.consumer()), flows.touched(need.provider()));
    return need.loosened(scope, removal, false)
        .map(changes -> idle(scope, need, changes, rewritten, prices));
  }

  private static Finding idle(
      Scope scope,
      WholeNeed need,
      List<PlanChange> changes,
      Optional<FilePattern> rewritten,
      Pricer prices) {
    String consumer = need.consumerIn(scope).id().value();
    Remedy remedy =
        prices.remedy(
            "remove-need",
            changes.size() == 1
                ? "Leave out the need of %s on %s.".formatted(consumer, need.need())
                : "Leave out the need of %s on %s, and name what is needed by way of it."
                    .formatted(consumer, need.need()),
            Level.LOW,
            rewritten.isPresent() ? Level.MEDIUM : Level.LOW,
            rests(consumer, need, rewritten),
            changes);
    return finding(
        scope,
        need,
        prices.severity(remedy.gain()),
        rewritten.isPresent() ? Confidence.POSSIBLE : Confidence.PROBABLE,
        "%s waits for %s, but nothing that either names flows from it."
            .formatted(consumer, need.need()),
        "%s reads and writes nothing that %s changes".formatted(consumer, need.need()),
        remedy);
  }

  private static String rests(String consumer, WholeNeed need, Optional<FilePattern> rewritten) {
    return rewritten
        .map(path ->
            ("It is the only order between %s, which reads %s, and %s, which changes it:"
                    + " without it they take turns in either order.")
                .formatted(need.need(), path, consumer))
        .orElse("The files that both name are all that they read and write.");
  }

  private static Finding finding(
      Scope scope,
      WholeNeed need,
      Level severity,
      Confidence confidence,
      String title,
      String evidence,
      Remedy remedy) {
    Task consumer = need.consumerIn(scope);
    return new Finding(
        "needless-dependency:%s:%s".formatted(consumer.id(), need.need()),
        FindingKind.NEEDLESS_DEPENDENCY,
        severity,
        confidence,
        title,
        List.of(need.providerIn(scope).id(), consumer.id()),
        List.of(new Evidence(new PlanPart.OfNeed(consumer.id(), need.need()), evidence)),
        List.of(remedy));
  }
}
