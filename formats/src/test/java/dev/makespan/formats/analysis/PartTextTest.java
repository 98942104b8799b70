package dev.makespan.formats.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartTextTest {

  private static final TaskId TASK = new TaskId("needs");
  private static final FilePattern PATH = new FilePattern("tasks/needs/**/a b.rs");

  static Stream<PlanPart> parts() {
    return Stream.of(
        new PlanPart.OfSpec("pools"),
        new PlanPart.OfPool(new Role("tasks")),
        new PlanPart.OfResource("a/b"),
        new PlanPart.OfPolicy(PATH),
        new PlanPart.OfPhase(new PhaseId("one")),
        new PlanPart.OfRisk("r/1"),
        new PlanPart.OfTask(TASK),
        new PlanPart.OfNeed(TASK, Need.of(TASK)),
        new PlanPart.OfNeed(TASK, new Need(TASK, new MilestoneId("early"))),
        new PlanPart.OfStub(TASK, new TaskId("other")),
        new PlanPart.OfFile(TASK, new FileAccess(PATH, FileMode.READ)),
        new PlanPart.OfFile(TASK, new FileAccess(PATH, FileMode.WRITE)),
        new PlanPart.OfFile(TASK, new FileAccess(PATH, FileMode.APPEND)),
        new PlanPart.OfFile(TASK, new FileAccess(PATH, FileMode.REGENERATE)),
        new PlanPart.OfUse(TASK, "a/b"),
        new PlanPart.OfStep(TASK, "a/b"),
        new PlanPart.OfMilestone(TASK, new MilestoneId("early")));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartIsReadAsItWasWritten(PlanPart part) {
    assertThat(PartText.read(PartText.of(part))).isEqualTo(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere/a", "tasks/a/b", "tasks/a/walks/b", "tasks/A", "pools/"})
  void whatIsNoPartIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PartText.read(text));
  }
}
