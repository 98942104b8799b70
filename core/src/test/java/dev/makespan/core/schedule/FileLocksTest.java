package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import org.junit.jupiter.api.Test;

class FileLocksTest {

  @Test
  void locksStandInTheOrderOfTheirPathsWhateverTheOrderOfTheTasks() {
    Plan plan =
        new PlanBuilder()
            .task("a", 1, line -> line.writes("z", "m/**"))
            .task("b", 1, line -> line.writes("z", "m/x*"))
            .task("c", 1, line -> line.writes("b", "m/xa"))
            .task("d", 1, line -> line.reads("b").writes("a"))
            .task("e", 1, line -> line.needs("d").writes("a"))
            .plan();

    assertThat(FileLocks.of(plan, TaskGraph.of(plan)))
        .extracting(lock -> lock.path() + " " + lock.writers() + lock.readers())
        .containsExactly("b [2][3]", "m/** [0, 1][]", "m/xa [0, 1, 2][]", "z [0, 1][]");
  }

  @Test
  void demandsOfATaskKeepTheirOrder() {
    Demands demands = new Demands();
    demands.add(1, 5, 1);
    demands.add(0, 6, 2);
    demands.add(1, 4, 3);

    assertThat(demands.byTask(3)).containsExactly(1, 0, 2);
  }
}
