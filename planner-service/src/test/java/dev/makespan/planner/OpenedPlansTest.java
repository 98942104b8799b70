package dev.makespan.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.formats.plan.PlanReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpenedPlansTest {

  private final OpenedPlans plans = new OpenedPlans();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void aPlanThatWasJustStoredIsNotReadAgain() {
    OpenedPlans.Opened stored = plan("small", 1);

    plans.remember("hash", stored);

    assertThat(open("hash", plan("other", 1))).isSameAs(stored);
    assertThat(reads).hasValue(0);
  }

  @Test
  void ofPlansThatAreTooHeavyToBeRememberedTheLastOneIsKept() {
    OpenedPlans.Opened first = plan("first", OpenedPlans.MAX_TASKS + 1);
    OpenedPlans.Opened second = plan("second", OpenedPlans.MAX_TASKS + 1);

    plans.remember("first", first);
    plans.remember("second", second);

    assertThat(open("second", first)).isSameAs(second);
    assertThat(reads).hasValue(0);
    assertThat(open("first", first)).isSameAs(first);
    assertThat(reads).hasValue(1);
  }

  private OpenedPlans.Opened open(String hash, OpenedPlans.Opened read) {
    Answer<OpenedPlans.Opened> answer =
        plans.open(
            hash,
            () -> {
              reads.incrementAndGet();
              return Answer.of(read);
            });
    return ((Answer.Given<OpenedPlans.Opened>) answer).value();
  }

  private static OpenedPlans.Opened plan(String name, int tasks) {
    StringBuilder text =
        new StringBuilder("apiVersion: makespan.dev/v1\nkind: Plan\nmetadata: {name: ")
            .append(name)
            .append("}\nspec:\n  defaults: {role: any, duration: 1s}\n  tasks:\n");
    for (int i = 0; i < tasks; i++) {
      text.append("  - {id: t").append(i).append("}\n");
    }
    byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
    CheckedPlan checked = PlanReader.read(content);
    return new OpenedPlans.Opened(
        ((CheckedPlan.Accepted) checked).plan(), new PlanSource(name + ".yaml", content));
  }
}
