package dev.makespan.core.plan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A copy of a plan in which references to parameters are replaced by values. */
final class Substitution {

  private final Map<String, String> values;
  private final Set<String> problems = new LinkedHashSet<>();
  private long substituted;

  Substitution(Map<String, String> values) {
    this.values = values;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  Plan plan(Plan plan) {
    return new Plan(
        plan.name(),
        text(plan.title()),
        plan.day(),
        plan.parameters(),
        plan.pools(),
        plan.resources(),
        plan.ranges(),
        plan.files().stream()
            .map(p -> new FilePolicy(path("files", p.path()), p.kind(), p.owner()))
            .toList(),
        plan.phases().stream()
            .map(p ->
                new Phase(p.id(), text(p.title()), p.barrier(), gates("phases", p.checkpoint())))
            .toList(),
        plan.tasks().stream().map(this::task).toList(),
        plan.risks().stream().map(this::risk).toList(),
        plan.workspace() == null ? null : workspace(plan.workspace()),
        plan.intakeLimit(),
        plan.budget(),
        coordination(plan.coordination()),
        plan.dispatching());
  }

  private String text(String text) {
    if (!Template.hasReference(text) || substituted > PlanLimits.MAX_SUBSTITUTED) {
      return text;
    }
    String replaced = Template.substituted(text, values);
    substituted += replaced.length();
    if (substituted > PlanLimits.MAX_SUBSTITUTED) {
      problems.add(
          "parameters: expected at most %d characters with all values put in"
              .formatted(PlanLimits.MAX_SUBSTITUTED));
    }
    return replaced;
  }

  private @Nullable String optional(@Nullable String text) {
    return text == null ? null : text(text);
  }

  private List<String> texts(List<String> texts) {
    return texts.stream().map(this::text).toList();
  }

  private <K> Map<K, String> texts(Map<K, String> texts) {
    Map<K, String> all = new LinkedHashMap<>();
    texts.forEach((key, value) -> all.put(key, text(value)));
    return all;
  }

  private FilePattern path(String where, FilePattern path) {
    return new FilePattern(path(where, path.text()));
  }

  /** A path with its values; the path itself, and a problem, when they make no good path. */
  private String path(String where, String path) {
    if (!Template.hasReference(path)) {
      return path;
    }
    String replaced = text(path);
    String problem = FilePattern.problemOf(replaced);
    if (problem.isEmpty() && replaced.indexOf('*') >= 0 && path.indexOf('*') < 0) {
      problem = "expected values without '*', was " + Shown.quoted(replaced);
    }
    if (!problem.isEmpty()) {
      problems.add(Shown.escaped(where + ": " + problem));
      return path;
    }
    return replaced;
  }

  private List<FilePattern> paths(String where, List<FilePattern> paths) {
    return paths.stream().map(path -> path(where, path)).toList();
  }

  private Task task(Task task) {
    String where = "task '" + task.id() + "'";
    Placement at = task.placement();
    return new Task(
        task.id(),
        text(task.title()),
        new Placement(at.phase(), at.role(), at.priority(), at.risk(), texts(at.labels())),
        task.estimate(),
        task.needs(),
        task.stubs().stream()
            .map(s -> new Stub(s.task(), text(s.via()), optional(s.wire())))
            .toList(),
        task.files().stream()
            .map(access -> new FileAccess(path(where, access.path()), access.mode()))
            .toList(),
        task.uses(),
        task.milestones().stream()
            .map(m -> new Milestone(m.id(), text(m.title()), m.after()))
            .toList(),
        task.steps().stream().map(step -> step(where, step)).toList(),
        task.ranges(),
        execution(task.execution()),
        completion(where, task.completion()),
        task.budget());
  }

  private Step step(String where, Step step) {
    return new Step(
        step.id(),
        text(step.title()),
        step.duration(),
        paths(where, step.reads()),
        paths(where, step.writes()),
        step.after());
  }

  private Execution execution(Execution execution) {
    Work work =
        switch (execution.work()) {
          case Work.Command command -> new Work.Command(texts(command.argv()));
          case Work.Script script -> new Work.Script(text(script.text()));
          case Work.Prompt prompt -> new Work.Prompt(text(prompt.text()));
          case Work.AgentsDefault none -> none;
        };
    return new Execution(
        work,
        texts(execution.env()),
        execution.secrets(),
        execution.timeout(),
        execution.retry(),
        texts(execution.context()),
        execution.publishes());
  }

  private Completion completion(String where, Completion completion) {
    return new Completion(
        paths(where, completion.deliverables()),
        completion.artifacts().stream()
            .map(a -> new Artifact(a.name(), path(where, a.path()), a.maxBytes()))
            .toList(),
        gates(where, completion.gates()));
  }

  private List<Gate> gates(String where, List<Gate> gates) {
    return gates.stream().map(gate -> gate(where, gate)).toList();
  }

  private Gate gate(String where, Gate gate) {
    return switch (gate) {
      case Gate.Run run -> new Gate.Run(text(run.command()));
      case Gate.Metric metric -> metric;
      case Gate.Approval approval -> approval;
      case Gate.PresentFile file -> new Gate.PresentFile(path(where, file.path()));
    };
  }

  private Risk risk(Risk risk) {
    return new Risk(
        risk.id(),
        text(risk.title()),
        risk.likelihood(),
        risk.impact(),
        risk.tasks(),
        optional(risk.mitigation()),
        optional(risk.fallback()));
  }

  /** What goes to git must not look like one of its options, whatever the values are. */
  private Workspace workspace(Workspace workspace) {
    return new Workspace(
        argument(workspace.repository(), GitNames::problemOfRepository),
        argument(workspace.base(), GitNames::problemOfName),
        workspace.branch() == null ? null : argument(workspace.branch(), GitNames::problemOfName),
        optional(workspace.verify()),
        optional(workspace.regenerate()));
  }

  private String argument(String text, UnaryOperator<String> problemOf) {
    String replaced = text(text);
    if (PartsReader.isNoArgument(replaced)) {
      problems.add(
          "workspace: expected one line that does not begin with '-', was "
              + Shown.quoted(replaced));
    } else if (!problemOf.apply(replaced).isEmpty()) {
      problems.add("workspace: " + problemOf.apply(replaced));
    }
    return replaced;
  }

  private Coordination coordination(Coordination coordination) {
    return new Coordination(
        coordination.digests(),
        coordination.escalation().stream()
            .map(e -> new Coordination.Escalation(e.after(), text(e.notified())))
            .toList(),
        coordination.targets());
  }
}
