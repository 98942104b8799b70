package dev.makespan.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Walks over a graph with other needs, against the graph of the plan that has them. */
class NeedsGraphTest {

  @Test
  void otherNeedsOrderWhatTheGraphOfTheChangedPlanOrders() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = 2 + random.nextInt(9);
      Plan plan = plan(random, size);
      int consumer = 1 + random.nextInt(size - 1);
      List<Need> needs = needs(random, consumer);
      int added = random.nextInt(size - 1);

      NeedsGraph walked =
          NeedsGraph.with(TaskGraph.of(plan), consumer, needs, NeedsGraphTest::number);
      walked.add(added, size - 1);

      TaskGraph anew = TaskGraph.of(changed(changed(plan, consumer, needs), size - 1, added));
      for (int task = 0; task < size; task++) {
        assertThat(walked.finishedBefore(task)).as("seed %d", seed).isEqualTo(behind(anew, task));
        assertThat(walked.startedAfter(task)).as("seed %d", seed).isEqualTo(from(anew, task));
      }
    }
  }

  private static int number(TaskId id) {
    return Integer.parseInt(id.value().substring(1));
  }

  private static Plan plan(SplittableRandom random, int size) {
    PlanBuilder plan = new PlanBuilder().phase("first", true).phase("then", false);
    for (int v = 0; v < size; v++) {
      int task = v;
      List<Need> needs = needs(random, v);
      plan.task(
          "t" + v,
          10,
          line -> {
            line.phase(task < size / 2 ? "first" : "then").milestone("m", 5);
            needs.forEach(need -> line.needs(need.toString()));
            return line;
          });
    }
    return plan.plan();
  }

  private static List<Need> needs(SplittableRandom random, int task) {
    List<Need> needs = new ArrayList<>();
    for (int u = 0; u < task; u++) {
      if (random.nextInt(3) == 0) {
        boolean part = random.nextInt(3) == 0;
        needs.add(new Need(new TaskId("t" + u), part ? new MilestoneId("m") : null));
      }
    }
    return needs;
  }

  private static Plan changed(Plan plan, int consumer, List<Need> needs) {
    List<Task> tasks = new ArrayList<>(plan.tasks());
    tasks.set(consumer, tasks.get(consumer).withNeeds(needs));
    return plan.withTasks(tasks);
  }

  private static Plan changed(Plan plan, int consumer, int added) {
    List<Need> needs = new ArrayList<>(plan.tasks().get(consumer).needs());
    needs.add(Need.of(new TaskId("t" + added)));
    return changed(plan, consumer, needs);
  }

  private static BitSet behind(TaskGraph graph, int task) {
    BitSet behind = new BitSet();
    for (int slot = graph.successorsBegin(task); slot < graph.successorsEnd(task); slot++) {
      if (graph.successorWaitsForFinish(slot)) {
        behind.or(from(graph, graph.successor(slot)));
      }
    }
    return behind;
  }

  private static BitSet from(TaskGraph graph, int node) {
    BitSet from = new BitSet();
    from.set(node);
    for (int slot = graph.successorsBegin(node); slot < graph.successorsEnd(node); slot++) {
      from.or(from(graph, graph.successor(slot)));
    }
    return from;
  }
}
