package dev.makespan.core.finding;

import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.TaskIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** WRITE_WRITE and READ_WRITE: unordered tasks that touch one file, and what can be done. */
final class FileHazards implements Finder {

  /** Most hazards that become findings; the costliest to take turns on go first. */
  static final int MAX_FOUND = 200;

  @Override
  public List<Finding> find(Scope scope) {
    Pricer pricer = new Pricer(scope);
    TaskIndex index = TaskIndex.of(scope.plan().tasks());
    List<Finding> findings = new ArrayList<>();
    List<Hazard> hazards = new ArrayList<>(scope.analysis().hazards());
    hazards.sort((a, b) -> b.turnTakingCost().compareTo(a.turnTakingCost()));
    for (Hazard hazard : hazards.subList(0, Math.min(MAX_FOUND, hazards.size()))) {
      findings.add(finding(scope, pricer, hazard, index));
    }
    return findings;
  }

  private static Finding finding(Scope scope, Pricer pricer, Hazard hazard, TaskIndex index) {
    boolean bothWrite = hazard.kind().equals(Hazard.WRITE_WRITE);
    List<Task> tasks = hazard.tasks().stream().map(id -> scope.task(index.find(id))).toList();
    List<Evidence> evidence = evidence(tasks, new FilePattern(hazard.path()));
    boolean certain = evidence.stream().allMatch(e -> e.part() instanceof PlanPart.OfFile);
    return new Finding(
        hazard.kind() + ":" + hazard.path(),
        bothWrite ? FindingKind.WRITE_WRITE : FindingKind.READ_WRITE,
        severity(hazard, bothWrite),
        certain ? Confidence.CERTAIN : Confidence.PROBABLE,
        title(hazard, bothWrite),
        hazard.tasks(),
        evidence,
        new HazardRemedies(scope, pricer, hazard, tasks, index).all());
  }

  private static Level severity(Hazard hazard, boolean bothWrite) {
    if (hazard.turnTakingCost().isPositive()) {
      return Level.HIGH;
    }
    return bothWrite ? Level.MEDIUM : Level.LOW;
  }

  private static String title(Hazard hazard, boolean bothWrite) {
    Duration cost = hazard.turnTakingCost();
    return "%s %s %s and nothing orders them%s."
        .formatted(
            Sentence.names(hazard.tasks()),
            bothWrite ? "all touch and more than one writes" : "read and write",
            hazard.path(),
            cost.isPositive() ? "; taking turns costs " + Sentence.time(cost) : "");
  }

  private static List<Evidence> evidence(List<Task> tasks, FilePattern path) {
    List<Evidence> evidence = new ArrayList<>();
    for (Task task : tasks) {
      for (FileAccess access : task.files()) {
        if (access.path().overlaps(path)) {
          evidence.add(
              new Evidence(
                  new PlanPart.OfFile(task.id(), access),
                  task.id() + " " + verb(access.mode()) + " " + access.path().text()));
        }
      }
      for (Step step : task.steps()) {
        addStep(evidence, task.id(), step, path);
      }
    }
    return evidence;
  }

  private static void addStep(List<Evidence> evidence, TaskId task, Step step, FilePattern path) {
    boolean writes = step.writes().stream().anyMatch(path::overlaps);
    if (writes || step.reads().stream().anyMatch(path::overlaps)) {
      evidence.add(
          new Evidence(
              new PlanPart.OfStep(task, step.id()),
              "step %s of %s %s %s"
                  .formatted(step.id(), task, writes ? "writes" : "reads", path.text())));
    }
  }

  private static String verb(FileMode mode) {
    return switch (mode) {
      case READ -> "reads";
      case WRITE -> "writes";
      case APPEND -> "appends to";
      case REGENERATE -> "regenerates";
    };
  }
}
