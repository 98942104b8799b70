package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** GROUPING: fewer sessions than tasks, balanced by time, related tasks together. */
final class Groupings implements Finder {

  @Override
  public List<Finding> find(Scope scope) {
    List<PlanReview.Session> sessions = Sessions.of(scope);
    List<TaskId> tasks = sessions.stream().flatMap(s -> s.tasks().stream()).toList();
    if (sessions.size() < 2 || sessions.size() >= tasks.size()) {
      return List.of();
    }
    List<PlanChange> changes = new ArrayList<>();
    List<Evidence> evidence = new ArrayList<>();
    for (PlanReview.Session session : sessions) {
      for (TaskId task : session.tasks()) {
        changes.add(new PlanChange.SetLabel(task, "session", "s" + session.number()));
      }
      evidence.add(
          new Evidence(
              new PlanPart.OfTask(session.tasks().getFirst()),
              "session %d: %s, %s"
                  .formatted(
                      session.number(),
                      Sentence.names(session.tasks()),
                      Sentence.time(session.load()))));
    }
    Duration longest =
        sessions.stream().map(PlanReview.Session::load).max(Duration::compareTo).orElseThrow();
    return List.of(
        new Finding(
            "grouping:" + scope.plan().name(),
            FindingKind.GROUPING,
            Level.LOW,
            Confidence.POSSIBLE,
            "%d sessions do for %d tasks; the longest works %s."
                .formatted(sessions.size(), tasks.size(), Sentence.time(longest)),
            tasks,
            evidence,
            List.of(
                new Remedy(
                    "label",
                    "Label each task with its session.",
                    scope.analysis().schedule(),
                    Duration.ZERO,
                    Level.LOW,
                    Level.LOW,
                    "What an agent learnt in one task serves it in the next.",
                    changes))));
  }
}
