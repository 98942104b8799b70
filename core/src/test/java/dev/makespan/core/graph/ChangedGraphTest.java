package dev.makespan.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanCheck;
import dev.makespan.core.plan.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The graph of a changed plan from the graph before, against the graph made anew. */
class ChangedGraphTest {

  @Test
  void aChangedPlanHasTheGraphThatItWouldHaveAnew() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Plan before = plan(random, 2 + random.nextInt(12));
      TaskGraph graph = TaskGraph.of(before);
      Plan changed = changed(before, random);

      Optional<TaskGraph> found = TaskGraph.find(changed, before, graph);

      boolean hasCycle = !PlanCheck.cyclesOf(changed).isEmpty();
      assertThat(found.isEmpty()).as("seed %d", seed).isEqualTo(hasCycle);
      found.ifPresent(same -> assertThat(text(same)).isEqualTo(text(TaskGraph.of(changed))));
    }
  }

  @Test
  void aPlanOfOtherFilesKeepsTheVeryGraph() {
    Plan before = plan(new SplittableRandom(1), 8);
    TaskGraph graph = TaskGraph.of(before);
    Plan changed =
        before.withTasks(before.tasks().stream().map(t -> t.withFiles(List.of())).toList());

    assertThat(TaskGraph.find(changed, before, graph).orElseThrow()).isSameAs(graph);
  }

  @Test
  void thePredecessorsOfATaskBeginWithItsNeeds() {
    for (int seed = 0; seed < 100; seed++) {
      Plan plan = plan(new SplittableRandom(seed), 10);
      TaskGraph graph = TaskGraph.of(plan);
      for (int v = 0; v < graph.tasks(); v++) {
        List<String> needs =
            plan.tasks().get(v).needs().stream().map(need -> need.task().value()).toList();
        List<String> first = new ArrayList<>();
        for (int k = 0; k < needs.size(); k++) {
          first.add(plan.tasks().get(graph.predecessor(graph.predecessorsBegin(v) + k)).id() + "");
        }
        assertThat(first).isEqualTo(needs);
      }
    }
  }

  private static Plan plan(SplittableRandom random, int size) {
    PlanBuilder plan = new PlanBuilder().phase("first", true).phase("then", random.nextBoolean());
    for (int v = 0; v < size; v++) {
      int task = v;
      plan.task(
          "t" + v,
          10 + random.nextInt(5),
          line -> {
            line.phase(task < size / 2 ? "first" : "then").milestone("m", 5).writes("f" + task);
            for (int u = 0; u < task; u++) {
              if (random.nextInt(3) == 0) {
                line.needs("t" + u + (random.nextInt(4) == 0 ? ".m" : ""));
              }
            }
            return line;
          });
    }
    return plan.plan();
  }

  /** Some tasks with other needs, durations or files; now and then one task more. */
  private static Plan changed(Plan plan, SplittableRandom random) {
    List<Task> tasks = new ArrayList<>(plan.tasks());
    for (int k = random.nextInt(4); k > 0; k--) {
      int place = random.nextInt(tasks.size());
      Task task = tasks.get(place);
      Task other = tasks.get(random.nextInt(tasks.size()));
      tasks.set(
          place,
          switch (random.nextInt(4)) {
            case 0 -> task.withNeeds(task.needs().stream().skip(1).toList());
            case 1 -> task.withEstimate(Estimate.exactly(Duration.ofMinutes(7)));
            case 2 -> task.withFiles(List.of());
            default -> task.equals(other) ? task : task.withNeeds(List.of(Need.of(other.id())));
          });
    }
    if (random.nextInt(5) == 0) {
      Task twin = new PlanBuilder().task("twin", 3).plan().tasks().getFirst();
      tasks.add(random.nextInt(tasks.size()), twin);
    }
    return plan.withTasks(tasks);
  }

  private static String text(TaskGraph graph) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < graph.size(); i++) {
      int v = graph.inOrder(i);
      text.append(v).append(" of ").append(graph.duration(v)).append(" waits for");
      for (int s = graph.predecessorsBegin(v); s < graph.predecessorsEnd(v); s++) {
        text.append(' ').append(graph.predecessor(s)).append('+').append(graph.predecessorLag(s));
      }
      assertThat(graph.positionOf(v)).isEqualTo(i);
      text.append('\n');
    }
    return text.toString();
  }
}
