package dev.makespan.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImpliedNeedsTest {

  @Test
  void theSlotsOfImpliedNeedsAreThoseOfTheirPairs() {
    Plan plan =
        new PlanBuilder()
            .task("a", 1)
            .task("b", 1, line -> line.needs("a"))
            .task("c", 1, line -> line.needs("b", "a"))
            .task("d", 1, line -> line.needs("a", "c"))
            .plan();
    TaskGraph graph = TaskGraph.of(plan);

    ImpliedNeeds implied = ImpliedNeeds.of(graph);

    List<String> found = new ArrayList<>();
    for (int v = 0; v < graph.tasks(); v++) {
      for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
        if (implied.contains(slot)) {
          found.add(graph.predecessor(slot) + " " + v);
        }
      }
    }
    assertThat(found).containsExactly("0 2", "0 3");
    assertThat(implied.pairs()).containsExactly(new int[] {0, 2}, new int[] {0, 3});
  }
}
