package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.DurationText;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds needs across an interface, where the consumer could start on a contract and be wired to the
 * provider at its end. The provider publishes after {@code m}, the consumer spends its last {@code
 * i} on integration and needs the finished provider for it: together one start-to-start lag, {@code
 * max(m, provider + i - consumer)}, which is written as a milestone of the provider. Both {@code m}
 * and {@code i} are assumptions, and the finding says so.
 */
final class Contracts implements Finder {

  /** Part of the provider's time after which its contract is taken to stand, in percent. */
  static final int CONTRACT_PERCENT = 30;

  /** Part of the provider's time that wiring is taken to cost the consumer, in percent. */
  static final int INTEGRATION_PERCENT = 15;

  private static final List<String> CONTRACT_WORDS =
      List.of("api", "contract", "interface", "types", "schema", "model", "proto", "openapi");

  /** A need that could go by contract. */
  private record Interface(
      WholeNeed need, String via, Duration integration, Milestone contract, long winsAtMost) {}

  @Override
  public List<Finding> find(Scope scope) {
    FileFlows flows = scope.flows();
    Pricer prices = new Pricer(scope);
    List<Finding> findings = new ArrayList<>();
    scope.wholeNeeds().stream()
        .flatMap(need -> contract(scope, flows, need).stream())
        .sorted(
            Comparator.<Interface>comparingLong(i -> -i.winsAtMost())
                .thenComparing(Interface::need, WholeNeed.BEST_FIRST))
        .limit(Pricer.MAX_PRICED)
        .forEach(found -> finding(scope, found, prices).ifPresent(findings::add));
    return findings;
  }

  private static Optional<Interface> contract(Scope scope, FileFlows flows, WholeNeed need) {
    if (need.winsAtMost() == 0) {
      return Optional.empty();
    }
    Optional<String> via = via(scope, flows, need);
    if (via.isEmpty()) {
      return Optional.empty();
    }
    Task provider = need.providerIn(scope);
    Duration integration = provider.duration().multipliedBy(INTEGRATION_PERCENT).dividedBy(100);
    Duration published =
        provider.milestones().stream()
            .filter(milestone -> milestone.id().value().contains("contract"))
            .map(Milestone::after)
            .findFirst()
            .orElse(provider.duration().multipliedBy(CONTRACT_PERCENT).dividedBy(100));
    Duration finishing =
        provider.duration().plus(integration).minus(need.consumerIn(scope).duration());
    Duration lag = published.compareTo(finishing) >= 0 ? published : finishing;
    long wins = Math.min(provider.duration().minus(lag).toMillis(), need.winsAtMost());
    if (wins <= 0 || integration.compareTo(need.consumerIn(scope).duration()) > 0) {
      return Optional.empty();
    }
    Milestone contract =
        new Milestone(
            MilestoneNames.free(provider, "contract"),
            "The contract stands that " + need.consumerIn(scope).id() + " starts on",
            Duration.ofMillis(lag.toMillis()));
    return Optional.of(new Interface(need, via.orElseThrow(), integration, contract, wins));
  }

  /** What the consumer reads of the provider, when it is small or looks like an interface. */
  private static Optional<String> via(Scope scope, FileFlows flows, WholeNeed need) {
    List<FileAccess> flowing = flows.between(need.provider(), need.consumer());
    if (FileFlows.changes(flowing)) {
      return Optional.empty();
    }
    if (flowing.isEmpty()) {
      Task provider = need.providerIn(scope);
      return Stream.concat(
              provider.completion().artifacts().stream().map(artifact -> artifact.name()),
              provider.execution().publishes().stream())
          .findFirst();
    }
    long made =
        flows.touched(need.provider()).stream()
            .filter(access -> FileFlows.changes(List.of(access)))
            .map(FileAccess::path)
            .distinct()
            .count();
    boolean isSmall = flowing.size() < made && flowing.stream().noneMatch(a -> a.path().isGlob());
    return isSmall || flowing.stream().allMatch(Contracts::looksLikeOne)
        ? Optional.of(flowing.getFirst().path().text())
        : Optional.empty();
  }

  private static boolean looksLikeOne(FileAccess access) {
    return Words.of(access.path().text()).stream().anyMatch(CONTRACT_WORDS::contains);
  }

  private static Optional<Finding> finding(Scope scope, Interface found, Pricer prices) {
    Task provider = found.need().providerIn(scope);
    TaskId consumer = found.need().consumerIn(scope).id();
    MilestoneId name = found.contract().id();
    List<PlanChange> changes =
        List.of(
            new PlanChange.AddMilestone(provider.id(), found.contract()),
            new PlanChange.ReplaceNeedByStub(
                consumer, found.need().need(), new Stub(provider.id(), found.via(), null)),
            new PlanChange.AddNeed(consumer, new Need(provider.id(), name)));
    return found
        .need()
        .loosened(scope, changes, true)
        .map(all -> remedy(scope, found, all, prices))
        .filter(remedy -> remedy.isPriced() && remedy.gain().isPositive())
        .map(remedy -> finding(scope, found, remedy, prices));
  }

  private static Remedy remedy(
      Scope scope, Interface found, List<PlanChange> changes, Pricer prices) {
    Task provider = found.need().providerIn(scope);
    TaskId consumer = found.need().consumerIn(scope).id();
    return prices.remedy(
        "stub",
        "Start %s against a stub of %s %s after that starts, and wire it via %s."
            .formatted(
                consumer, provider.id(), DurationText.of(found.contract().after()), found.via()),
        Level.MEDIUM,
        Level.MEDIUM,
        "It assumes that the contract stands in time and that the last %s of %s are enough to wire the two."
            .formatted(DurationText.of(found.integration()), consumer),
        changes);
  }

  private static Finding finding(Scope scope, Interface found, Remedy remedy, Pricer prices) {
    Task provider = found.need().providerIn(scope);
    TaskId consumer = found.need().consumerIn(scope).id();
    return new Finding(
        "stub:%s:%s".formatted(consumer, provider.id()),
        FindingKind.STUB,
        prices.severity(remedy.gain()),
        Confidence.POSSIBLE,
        "%s waits %s for %s, of which it uses %s: a contract could stand in for it."
            .formatted(consumer, DurationText.of(provider.duration()), provider.id(), found.via()),
        List.of(provider.id(), consumer),
        List.of(
            new Evidence(
                new PlanPart.OfNeed(consumer, found.need().need()),
                "goes by way of %s alone".formatted(found.via()))),
        List.of(remedy));
  }
}
