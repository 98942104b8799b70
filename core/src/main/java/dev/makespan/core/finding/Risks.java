package dev.makespan.core.finding;

import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Risk;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Forecast;
import dev.makespan.core.schedule.ForecastTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * RISK: the tasks whose slip moves the finish most, critical tasks that are said to be of high
 * risk, and the plan's risks on critical tasks.
 */
final class Risks implements Finder {

  /** Larger plans are not sampled. */
  static final int MAX_TASKS = 2_000;

  /** Tasks that are told. */
  static final int MAX_TOLD = 5;

  private static final int SAMPLES = 300;

  /** Where the plan gives one value, the usual: a fifth less to three fifths more. */
  private static final double BEST = 0.8;

  private static final double WORST = 1.6;

  @Override
  public List<Finding> find(Scope scope) {
    List<Finding> findings = new ArrayList<>();
    if (scope.plan().tasks().size() > 1 && scope.plan().tasks().size() <= MAX_TASKS) {
      findings.add(slips(scope));
    }
    risky(scope).ifPresent(findings::add);
    TreeSet<TaskId> critical = new TreeSet<>(scope.analysis().criticalTasks());
    for (Risk risk : scope.plan().risks()) {
      List<TaskId> threatened = risk.tasks().stream().filter(critical::contains).toList();
      if (!threatened.isEmpty()) {
        findings.add(onCritical(risk, threatened));
      }
    }
    return findings;
  }

  private static Finding slips(Scope scope) {
    ForecastTerms terms = new ForecastTerms(scope.search().seed(), SAMPLES, 0, BEST, WORST);
    Forecast forecast =
        Forecast.of(scope.plan(), scope.project(), scope.solution().schedule(), terms);
    Comparator<Integer> bySensitivity =
        Comparator.comparingDouble(v -> -forecast.tasks().get(v).sensitivity());
    List<Integer> told =
        IntStream.range(0, forecast.tasks().size())
            .boxed()
            .filter(v -> forecast.tasks().get(v).criticality() > 0)
            .sorted(bySensitivity)
            .limit(MAX_TOLD)
            .toList();
    List<Evidence> evidence =
        told.stream()
            .map(v ->
                new Evidence(
                    new PlanPart.OfTask(scope.id(v)),
                    String.format(
                        Locale.ROOT,
                        "%s is on the longest path in %.0f %% of %d samples, correlation %.2f",
                        scope.id(v),
                        100 * forecast.tasks().get(v).criticality(),
                        forecast.samples(),
                        forecast.tasks().get(v).sensitivity())))
            .toList();
    List<TaskId> tasks = told.stream().map(scope::id).toList();
    return new Finding(
        "risk:slip",
        FindingKind.RISK,
        Level.MEDIUM,
        Forecast.isUncertain(scope.plan(), ForecastTerms.DEFAULT)
            ? Confidence.PROBABLE
            : Confidence.POSSIBLE,
        "A slip of %s moves the finish most.".formatted(Sentence.names(tasks)),
        tasks,
        evidence,
        List.of());
  }

  private static Optional<Finding> risky(Scope scope) {
    List<Integer> risky =
        IntStream.range(0, scope.plan().tasks().size())
            .filter(v -> scope.criticalPath().isCritical(v))
            .filter(v -> scope.task(v).placement().risk() == Level.HIGH)
            .boxed()
            .toList();
    if (risky.isEmpty()) {
      return Optional.empty();
    }
    List<TaskId> tasks = risky.stream().map(scope::id).toList();
    List<Evidence> evidence =
        tasks.stream()
            .limit(Pricer.MAX_FOUND)
            .map(task ->
                new Evidence(new PlanPart.OfTask(task), task + " is said to be of high risk"))
            .toList();
    return Optional.of(
        new Finding(
            "risk:critical",
            FindingKind.RISK,
            Level.HIGH,
            Confidence.CERTAIN,
            "%s %s on the critical path, so that the finish slips with %s."
                .formatted(
                    Sentence.names(tasks),
                    tasks.size() == 1 ? "is of high risk and" : "are of high risk and",
                    tasks.size() == 1 ? "it" : "them"),
            tasks,
            evidence,
            List.of()));
  }

  private static Finding onCritical(Risk risk, List<TaskId> threatened) {
    List<Remedy> remedies = new ArrayList<>();
    if (risk.mitigation() != null) {
      remedies.add(told("mitigate", risk.mitigation()));
    }
    if (risk.fallback() != null) {
      remedies.add(told("fall-back", risk.fallback()));
    }
    return new Finding(
        "risk:" + risk.id(),
        FindingKind.RISK,
        risk.impact(),
        Confidence.CERTAIN,
        "%s; it threatens %s on the critical path."
            .formatted(risk.title(), Sentence.names(threatened)),
        threatened,
        List.of(
            new Evidence(
                new PlanPart.OfRisk(risk.id()),
                "likelihood %s, impact %s"
                    .formatted(word(risk.likelihood()), word(risk.impact())))),
        remedies);
  }

  private static Remedy told(String kind, String text) {
    return new Remedy(
        kind,
        text + ".",
        null,
        Duration.ZERO,
        Level.MEDIUM,
        Level.LOW,
        "The plan says so; a schedule can't price it.",
        List.of());
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
