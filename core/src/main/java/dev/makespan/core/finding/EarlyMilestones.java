package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds tasks that wait for all of another but touch only what an early step of it writes. What the
 * provider writes outside its steps may come at any time, so nobody who touches that is found.
 */
final class EarlyMilestones implements Finder {

  /** What is enough of the provider: its steps up to {@code last}. */
  private record Part(WholeNeed need, int last, Milestone milestone, boolean isNew) {}

  @Override
  public List<Finding> find(Scope scope) {
    FileFlows flows = scope.flows();
    Pricer prices = new Pricer(scope);
    List<Finding> findings = new ArrayList<>();
    scope.wholeNeeds().stream()
        .flatMap(need -> part(scope, flows, need).stream())
        .sorted(Comparator.comparing(Part::need, WholeNeed.BEST_FIRST))
        .limit(Pricer.affordable(scope))
        .forEach(part -> finding(scope, flows, part, prices).ifPresent(findings::add));
    return findings;
  }

  private static Optional<Part> part(Scope scope, FileFlows flows, WholeNeed need) {
    Task provider = need.providerIn(scope);
    if (!Steps.makeUp(provider) || flows.carriesMore(provider)) {
      return Optional.empty();
    }
    List<FileAccess> touched = flows.touched(need.consumer());
    if (FileFlows.flows(Steps.outside(scope.plan(), provider), touched)) {
      return Optional.empty();
    }
    int last = -1;
    boolean reads = false;
    for (int i = 0; i < provider.steps().size(); i++) {
      List<FileAccess> made = Steps.touched(scope.plan(), provider, i);
      if (FileFlows.flows(made, touched)) {
        last = i;
        reads |= FileFlows.reads(FileFlows.flowing(made, touched));
      }
    }
    return reads && last < provider.steps().size() - 1
        ? Optional.of(part(need, provider, last))
        : Optional.empty();
  }

  /** A milestone that is declared already is taken when it stands between that step and the end. */
  private static Part part(WholeNeed need, Task provider, int last) {
    Duration end = Steps.end(provider, last);
    return provider.milestones().stream()
        .filter(m -> m.after().compareTo(end) >= 0)
        .filter(m -> m.after().compareTo(provider.duration()) < 0)
        .min(Comparator.comparing(Milestone::after))
        .map(known -> new Part(need, last, known, false))
        .orElseGet(() -> new Part(need, last, milestone(provider, last, end), true));
  }

  private static Milestone milestone(Task provider, int last, Duration end) {
    Step step = provider.steps().get(last);
    return new Milestone(MilestoneNames.free(provider, step.id()), "Done: " + step.title(), end);
  }

  private static Optional<Finding> finding(Scope scope, FileFlows flows, Part part, Pricer prices) {
    Task provider = part.need().providerIn(scope);
    TaskId consumer = part.need().consumerIn(scope).id();
    List<PlanChange> changes = new ArrayList<>();
    if (part.isNew()) {
      changes.add(new PlanChange.AddMilestone(provider.id(), part.milestone()));
    }
    MilestoneId name = part.milestone().id();
    changes.add(
        new PlanChange.ReplaceNeed(
            consumer, part.need().need(), List.of(new Need(provider.id(), name))));
    return part.need()
        .loosened(scope, changes, true)
        .map(all -> finding(scope, flows, part, remedy(scope, flows, part, all, prices), prices));
  }

  private static Remedy remedy(
      Scope scope, FileFlows flows, Part part, List<PlanChange> changes, Pricer prices) {
    Task provider = part.need().providerIn(scope);
    TaskId consumer = part.need().consumerIn(scope).id();
    return prices.remedy(
        part.isNew() ? "add-milestone" : "use-milestone",
        "Let %s start at %s.%s, once step %s is done."
            .formatted(
                consumer,
                provider.id(),
                part.milestone().id(),
                provider.steps().get(part.last()).id()),
        Level.LOW,
        Level.LOW,
        Pricer.joined(
            "The steps say all that they write, and the agent tells of the milestone in time.",
            overlap(flows, part, provider, consumer)),
        changes);
  }

  /** The consumer may change what the steps behind the milestone still read. */
  private static String overlap(FileFlows flows, Part part, Task provider, TaskId consumer) {
    List<FileAccess> touched = flows.touched(part.need().consumer());
    return provider.steps().stream()
        .skip(part.last() + 1L)
        .flatMap(step -> FileFlows.flowing(touched, FileFlows.touchedBy(step)).stream())
        .map(FileAccess::path)
        .findFirst()
        .map(path ->
            "%s changes %s while %s may still use it.".formatted(consumer, path, provider.id()))
        .orElse("");
  }

  private static Finding finding(
      Scope scope, FileFlows flows, Part part, Remedy remedy, Pricer prices) {
    Task provider = part.need().providerIn(scope);
    TaskId consumer = part.need().consumerIn(scope).id();
    String step = provider.steps().get(part.last()).id();
    FilePattern path =
        FileFlows.flowing(
                Steps.touched(scope.plan(), provider, part.last()),
                flows.touched(part.need().consumer()))
            .getFirst()
            .path();
    return new Finding(
        "milestone:%s:%s".formatted(consumer, provider.id()),
        FindingKind.MILESTONE,
        prices.severity(remedy.gain()),
        Confidence.PROBABLE,
        "%s waits for all of %s but uses only what it has done by the end of step %s."
            .formatted(consumer, provider.id(), step),
        List.of(provider.id(), consumer),
        List.of(
            new Evidence(
                new PlanPart.OfNeed(consumer, part.need().need()), "waits for the whole task"),
            new Evidence(
                new PlanPart.OfStep(provider.id(), step),
                "is the last step that changes what %s touches: %s".formatted(consumer, path))),
        List.of(remedy));
  }
}
