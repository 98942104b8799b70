package dev.makespan.bench.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.formats.plan.PlanReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadPlanTest {

  @Test
  void independentTasksNeedNothing() {
    Plan plan = read(LoadPlan.independent("load", 50));

    assertThat(plan.tasks()).hasSize(50).allMatch(task -> task.needs().isEmpty());
  }

  @Test
  void eachTaskOfALayerNeedsTwoOfTheLayerBefore() {
    Plan plan = read(LoadPlan.layered("load", 30, 10, 7));

    assertThat(plan.tasks().subList(0, 10)).allMatch(task -> task.needs().isEmpty());
    for (int i = 10; i < 30; i++) {
      int first = (i / 10 - 1) * 10;
      assertThat(needs(plan.tasks().get(i)))
          .doesNotHaveDuplicates()
          .hasSize(2)
          .allMatch(need -> need >= first && need < first + 10);
    }
  }

  @Test
  void aChainIsAsLongAsAsked() {
    Plan plan = read(LoadPlan.chains("load", 3, 4));

    assertThat(plan.tasks()).hasSize(12);
    assertThat(plan.tasks().stream().filter(task -> task.needs().isEmpty())).hasSize(3);
    assertThat(plan.tasks().getLast().needs().getFirst().task().value()).isEqualTo("c2-2");
  }

  @Test
  void aFileOfAMillionTasksIsWithinTheLimit() {
    LoadPlan plan = LoadPlan.independent("load", 1_000_000);

    assertThat(plan.content().size()).isLessThan(PlanReader.MAX_BYTES);
  }

  private static List<Integer> needs(Task task) {
    return task.needs().stream()
        .map(need -> Integer.parseInt(need.task().value().substring(1)))
        .toList();
  }

  private static Plan read(LoadPlan plan) {
    CheckedPlan checked = PlanReader.read(plan.content().toByteArray());
    assertThat(checked).isInstanceOf(CheckedPlan.Accepted.class);
    return ((CheckedPlan.Accepted) checked).plan();
  }
}
