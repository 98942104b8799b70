package dev.makespan.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanCheck;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must hold between the analyses of a plan and of a plan made from it. */
class MetamorphicTest {

  private static final Search SEARCH = new Search(1, 200);

  @Test
  void aNeedNeverShortensTheCriticalPath() {
    int tried = 0;
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Plan plan = RichPlans.of(seed);
      Task one = plan.tasks().get(random.nextInt(plan.tasks().size()));
      Task other = plan.tasks().get(random.nextInt(plan.tasks().size()));
      Plan needy = PlanChanges.apply(plan, new PlanChange.AddNeed(one.id(), Need.of(other.id())));
      if (!one.equals(other) && PlanCheck.cyclesOf(needy).isEmpty()) {
        assertThat(CriticalPath.of(TaskGraph.of(needy)).length())
            .as("seed %d, %s needs %s", seed, one.id(), other.id())
            .isGreaterThanOrEqualTo(CriticalPath.of(TaskGraph.of(plan)).length());
        tried++;
      }
    }

    assertThat(tried).isGreaterThan(30);
  }

  /** Whatever tasks are called, as long as the name tells nothing of what they do. */
  @Test
  void otherNamesOfTasksChangeNoFigureAndNoFinding() {
    for (int seed = 0; seed < 25; seed++) {
      Plan plain = renamed(RichPlans.of(seed), "t", false);
      Plan other = renamed(RichPlans.of(seed), "z", true);

      PlanAnalysis one = PlanAnalysis.of(plain, plain.pools(), SEARCH);
      PlanAnalysis two = PlanAnalysis.of(other, other.pools(), SEARCH);

      assertThat(two.schedule()).as("seed %d", seed).isEqualTo(one.schedule());
      assertThat(two.lowerBound()).isEqualTo(one.lowerBound());
      assertThat(two.criticalPath()).isEqualTo(one.criticalPath());
      assertThat(two.criticalTasks()).hasSameSizeAs(one.criticalTasks());
      assertThat(told(other)).as("seed %d", seed).isEqualTo(told(plain));
    }
  }

  private static List<String> told(Plan plan) {
    return PlanReview.of(plan, plan.pools(), SEARCH).findings().stream()
        .map(finding ->
            "%s %s %s %s %d"
                .formatted(
                    finding.kind().text(),
                    finding.severity(),
                    finding.confidence(),
                    finding.gain(),
                    finding.tasks().size()))
        .sorted()
        .toList();
  }

  /** Numbers for names, that go up or down with the place. */
  private static Plan renamed(Plan plan, String prefix, boolean down) {
    int size = plan.tasks().size();
    List<TaskId> old = plan.tasks().stream().map(Task::id).toList();
    List<TaskId> now = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      now.add(new TaskId("%s%03d".formatted(prefix, down ? size - i : i)));
    }
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      tasks.add(renamed(plan.tasks().get(i), old, now));
    }
    return new Plan(
        plan.name(),
        plan.title(),
        plan.day(),
        plan.parameters(),
        plan.pools(),
        plan.resources(),
        plan.ranges(),
        plan.files().stream()
            .map(policy ->
                policy.owner() == null
                    ? policy
                    : new FilePolicy(policy.path(), policy.kind(), of(policy.owner(), old, now)))
            .toList(),
        plan.phases(),
        tasks,
        List.of(),
        plan.workspace(),
        plan.intakeLimit(),
        plan.budget(),
        plan.coordination(),
        plan.dispatching());
  }

  private static Task renamed(Task task, List<TaskId> old, List<TaskId> now) {
    return new Task(
        of(task.id(), old, now),
        "Task",
        task.placement(),
        task.estimate(),
        task.needs().stream()
            .map(need -> new Need(of(need.task(), old, now), need.milestone()))
            .toList(),
        task.stubs().stream()
            .map(stub -> new Stub(of(stub.task(), old, now), stub.via(), stub.wire()))
            .toList(),
        task.files(),
        task.uses(),
        task.milestones(),
        task.steps(),
        task.ranges(),
        task.execution(),
        task.completion(),
        task.budget());
  }

  private static TaskId of(TaskId id, List<TaskId> old, List<TaskId> now) {
    return now.get(old.indexOf(id));
  }
}
