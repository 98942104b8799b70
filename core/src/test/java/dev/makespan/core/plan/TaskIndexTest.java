package dev.makespan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskIndexTest {

  @Test
  void everyTaskIsFoundAtItsPlaceAndNoOtherIs() {
    PlanBuilder builder = new PlanBuilder();
    for (int i = 0; i < 1_000; i++) {
      builder.task("t" + i, 1);
    }
    List<Task> tasks = builder.plan().tasks();

    TaskIndex index = TaskIndex.of(tasks);

    for (int i = 0; i < tasks.size(); i++) {
      assertThat(index.find(new TaskId("t" + i))).isEqualTo(i);
    }
    assertThat(index.find(new TaskId("t1000"))).isEqualTo(TaskIndex.NONE);
  }

  @Test
  void inNoTasksNothingIsFound() {
    assertThat(TaskIndex.of(List.of()).find(new TaskId("a"))).isEqualTo(TaskIndex.NONE);
  }
}
