package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds tasks whose steps need different predecessors, or of which a successor needs only a part,
 * and sets of them that win more when they are split together.
 */
final class TaskSplits implements Finder {

  /** Most tasks that are split together. */
  static final int MAX_TOGETHER = 12;

  /** In larger plans tasks are split one by one only. */
  static final int MAX_TASKS = 1_000;

  /** A task that is worth cutting, and the ways to cut it. */
  private record Candidate(int place, StepCut.Cut safe, Optional<StepCut.Cut> loose) {}

  @Override
  public List<Finding> find(Scope scope) {
    List<Candidate> candidates = candidates(scope);
    Pricer prices = new Pricer(scope);
    List<Finding> findings = new ArrayList<>();
    candidates.forEach(candidate -> findings.add(finding(scope, candidate, prices)));
    if (candidates.size() > 1 && scope.plan().tasks().size() <= MAX_TASKS) {
      together(scope, candidates, findings).ifPresent(findings::add);
    }
    return findings;
  }

  private static List<Candidate> candidates(Scope scope) {
    FileFlows flows = scope.flows();
    Pieces pieces = new Pieces(scope.plan());
    return IntStream.range(0, scope.plan().tasks().size())
        .filter(place -> pieces.arePossible(scope.task(place)))
        .boxed()
        .sorted(Comparator.comparingLong(place -> scope.criticalPath().totalSlack(place)))
        .limit(Pricer.affordable(scope))
        .flatMap(place -> candidate(scope, flows, pieces, place).stream())
        .toList();
  }

  private static Optional<Candidate> candidate(
      Scope scope, FileFlows flows, Pieces pieces, int place) {
    Optional<StepCut.Cut> safe = cut(scope, flows, pieces, place, false);
    return safe.filter(StepCut.Cut::isLoose)
        .map(cut ->
            new Candidate(
                place,
                cut,
                cut(scope, flows, pieces, place, true)
                    .filter(loose -> !loose.changes().equals(cut.changes()))));
  }

  private static Optional<StepCut.Cut> cut(
      Scope scope, FileFlows flows, Pieces pieces, int place, boolean firstWriterIsEnough) {
    return new StepCut(scope.plan(), scope.graph(), flows, pieces, place).cut(firstWriterIsEnough);
  }

  private static Finding finding(Scope scope, Candidate candidate, Pricer prices) {
    Task task = scope.task(candidate.place());
    List<Remedy> remedies = new ArrayList<>();
    remedies.add(remedy(List.of(task), candidate.safe().changes(), prices));
    candidate.loose().ifPresent(cut -> remedies.add(loose(task, cut.changes(), prices)));
    return new Finding(
        "split:" + task.id(),
        FindingKind.SPLIT,
        prices.severity(remedies.getFirst().gain()),
        Confidence.PROBABLE,
        "The steps of %s need different tasks, or others need only a part of it."
            .formatted(task.id()),
        List.of(task.id()),
        evidence(List.of(task), candidate.safe().changes()),
        remedies);
  }

  private static Remedy remedy(List<Task> tasks, List<PlanChange> changes, Pricer prices) {
    boolean commands = tasks.stream().anyMatch(TaskSplits::hasCommand);
    return prices.remedy(
        tasks.size() > 1 ? "split-together" : "split",
        "Split %s into %s."
            .formatted(
                names(tasks.stream().map(Task::id)),
                tasks.size() > 1 ? "their steps" : "its steps"),
        commands ? Level.MEDIUM : Level.LOW,
        commands ? Level.MEDIUM : Level.LOW,
        Pricer.joined(
            "The steps name all files that they read and write.",
            commands
                ? "Every piece runs the command of the whole until it is given one of its own."
                : ""),
        changes);
  }

  /** Not the first choice: what is read may change meanwhile. */
  private static Remedy loose(Task task, List<PlanChange> changes, Pricer prices) {
    return prices.remedy(
        "split-unordered",
        "Split %s, and let its pieces start before tasks that change again what they read."
            .formatted(task.id()),
        Level.LOW,
        Level.MEDIUM,
        "What the first writer of a file leaves is enough; the later writers and the pieces then"
            + " take turns in any order.",
        changes);
  }

  private static boolean hasCommand(Task task) {
    return switch (task.execution().work()) {
      case Work.Command _, Work.Script _ -> true;
      case Work.Prompt _, Work.AgentsDefault _ -> false;
    };
  }

  static String names(Stream<TaskId> tasks) {
    List<String> names = tasks.map(TaskId::value).toList();
    int last = names.size() - 1;
    return last == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** What each step would wait for, at the step. */
  private static List<Evidence> evidence(List<Task> tasks, List<PlanChange> changes) {
    List<Evidence> evidence = new ArrayList<>();
    for (PlanChange change : changes) {
      if (change instanceof PlanChange.SplitTask split) {
        Task task =
            tasks.stream().filter(t -> t.id().equals(split.task())).findFirst().orElseThrow();
        for (int i = 0; i < split.pieces().size(); i++) {
          Step step = task.steps().get(i);
          evidence.add(
              new Evidence(
                  new PlanPart.OfStep(task.id(), step.id()), needs(split.pieces().get(i))));
        }
      }
    }
    return evidence;
  }

  private static String needs(Task piece) {
    return piece.needs().isEmpty()
        ? "needs nothing"
        : "needs only " + String.join(", ", piece.needs().stream().map(Object::toString).toList());
  }

  /** The fewest splits that win all that splitting can win, when none alone wins as much. */
  private static Optional<Finding> together(
      Scope scope, List<Candidate> candidates, List<Finding> alone) {
    List<TaskId> ids =
        candidates.stream().limit(MAX_TOGETHER).map(c -> scope.id(c.place())).sorted().toList();
    Pricer prices = new Pricer(scope);
    List<TaskId> kept = new ArrayList<>(ids);
    Optional<Duration> best = makespan(scope, kept, prices);
    for (TaskId id : ids) {
      List<TaskId> fewer = kept.stream().filter(other -> !other.equals(id)).toList();
      if (best.isPresent() && fewer.size() > 1) {
        Optional<Duration> without = makespan(scope, fewer, prices);
        if (without.isPresent() && without.get().compareTo(best.get()) <= 0) {
          best = without;
          kept = new ArrayList<>(fewer);
        }
      }
    }
    Duration most =
        alone.stream().map(Finding::gain).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    List<TaskId> chosen = kept;
    return best.filter(m -> scope.pricing().gain(m).compareTo(most) > 0)
        .filter(m -> scope.pricing().gain(m).isPositive())
        .map(m -> together(scope, chosen, prices));
  }

  private static Optional<Duration> makespan(Scope scope, List<TaskId> ids, Pricer prices) {
    return cutAll(scope.plan(), ids).flatMap(prices::makespan);
  }

  private static Finding together(Scope scope, List<TaskId> ids, Pricer prices) {
    List<Task> tasks =
        scope.plan().tasks().stream().filter(task -> ids.contains(task.id())).toList();
    List<PlanChange> changes = cutAll(scope.plan(), ids).orElseThrow();
    Remedy remedy = remedy(tasks, changes, prices);
    List<TaskId> inOrder = tasks.stream().map(Task::id).toList();
    return new Finding(
        "split:" + String.join("+", inOrder.stream().map(TaskId::value).toList()),
        FindingKind.SPLIT,
        prices.severity(remedy.gain()),
        Confidence.PROBABLE,
        "Splitting %s together wins more than splitting one of them."
            .formatted(names(inOrder.stream())),
        inOrder,
        evidence(tasks, changes),
        List.of(remedy));
  }

  /** Cut one after another, so that each cut sees the pieces of those before. */
  private static Optional<List<PlanChange>> cutAll(Plan plan, List<TaskId> ids) {
    Plan cut = plan;
    List<PlanChange> all = new ArrayList<>();
    for (TaskId id : ids) {
      FileFlows flows = new FileFlows(cut);
      Optional<StepCut.Cut> next =
          new StepCut(cut, TaskGraph.of(cut), flows, new Pieces(cut), flows.place(id)).cut(false);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(next.get().changes());
      cut = PlanChanges.apply(cut, next.get().changes());
    }
    return Optional.of(all);
  }
}
