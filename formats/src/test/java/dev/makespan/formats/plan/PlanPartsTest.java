package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanLimits;
import dev.makespan.proto.plan.v1.Task;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanPartsTest {

  private static final Plan PLAN = plan(9);

  @Test
  void thePartsMakeThePlan() {
    for (int partBytes : new int[] {1, 200, 1_000_000}) {
      PlanAssembly assembly = new PlanAssembly();

      parts(partBytes).forEach(assembly::add);

      assertThat(assembly.plan()).isEqualTo(PLAN);
    }
  }

  @Test
  void thePartsAreAsLargeAsTheyAreToBe() {
    assertThat(tasksOf(parts(1))).containsExactly(0, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(tasksOf(parts(1_000_000))).containsExactly(0, 9);
  }

  @Test
  void theirBytesAreThePlansBytesAsFarAsThatMeansAnything() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    for (dev.makespan.proto.plan.v1.Plan part : parts(200)) {
      part.writeTo(bytes);
    }

    assertThat(dev.makespan.proto.plan.v1.Plan.parseFrom(bytes.toByteArray()))
        .isEqualTo(PlanProto.toProto(PLAN));
  }

  @Test
  void whatAlikeTasksHaveInCommonIsThereOnce() {
    List<dev.makespan.core.plan.Task> tasks = PlanProto.fromProto(PlanProto.toProto(PLAN)).tasks();

    assertThat(tasks.get(8).execution()).isSameAs(tasks.get(0).execution());
    assertThat(tasks.get(8).placement()).isSameAs(tasks.get(0).placement());
  }

  @Test
  void onlyTheFirstPartSaysMoreThanTasks() {
    PlanAssembly assembly = new PlanAssembly().add(parts(1).getFirst());
    var second = parts(1).get(1).toBuilder().setIntakeLimit(3).build();

    assertThatThrownBy(() -> assembly.add(second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected tasks alone after the first part");
  }

  @Test
  void aTaskThatIsNoneIsToldByItsPlaceInThePlan() {
    PlanAssembly assembly = new PlanAssembly();
    parts(1).subList(0, 3).forEach(assembly::add);
    var third =
        dev.makespan.proto.plan.v1.Plan.newBuilder().addTasks(Task.getDefaultInstance()).build();

    assertThatThrownBy(() -> assembly.add(third))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tasks[2]: ");
  }

  @Test
  void morePartsThanAPlanMayHaveAreRefused() {
    PlanAssembly assembly = new PlanAssembly();
    parts(1_000_000).forEach(assembly::add);
    var tooMany =
        dev.makespan.proto.plan.v1.Plan.newBuilder()
            .addAllTasks(Collections.nCopies(PlanLimits.MAX_TASKS - 8, Task.getDefaultInstance()))
            .build();

    assertThatThrownBy(() -> assembly.add(tooMany))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tasks: expected at most 1000000, was 1000001");
  }

  @Test
  void nothingIsNoPlan() {
    PlanAssembly assembly = new PlanAssembly();

    assertThatThrownBy(assembly::plan)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a plan, was none");
  }

  private static List<Integer> tasksOf(List<dev.makespan.proto.plan.v1.Plan> parts) {
    return parts.stream().map(part -> part.getTasksCount()).toList();
  }

  private static List<dev.makespan.proto.plan.v1.Plan> parts(int partBytes) {
    List<dev.makespan.proto.plan.v1.Plan> parts = new ArrayList<>();
    new PlanParts(PLAN, partBytes).forEachRemaining(parts::add);
    return parts;
  }

  private static Plan plan(int tasks) {
    String text =
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: parts}
        spec:
          pools: {dev: 2}
          risks: [{id: r, title: R, likelihood: low, impact: medium}]
          defaults: {role: dev, duration: 1h}
          tasks:
        """
            + IntStream.range(0, tasks)
                .mapToObj(i -> "    - {id: t%d}\n".formatted(i))
                .collect(Collectors.joining());
    CheckedPlan checked = PlanReader.read(text.getBytes(StandardCharsets.UTF_8));
    if (checked instanceof CheckedPlan.Accepted accepted) {
      return accepted.plan();
    }
    throw new AssertionError(checked.problems().toString());
  }
}
