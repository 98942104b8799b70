package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeProtoTest {

  private static final TaskId TASK = new TaskId("a");
  private static final Need OLD = Need.of(new TaskId("b"));
  private static final Need NOW = new Need(new TaskId("b"), new MilestoneId("early"));
  private static final FileAccess ACCESS = new FileAccess(new FilePattern("a/b"), FileMode.APPEND);

  static Stream<PlanChange> changes() {
    return Stream.of(
        new PlanChange.AddNeed(TASK, NOW),
        new PlanChange.RemoveNeed(TASK, OLD),
        new PlanChange.ReplaceNeed(TASK, OLD, List.of(NOW, Need.of(new TaskId("c")))),
        new PlanChange.ReplaceNeed(TASK, OLD, List.of()),
        new PlanChange.ReplaceNeedByStub(
            TASK, OLD, new Stub(new TaskId("b"), "a trait", "make wire")),
        new PlanChange.AddMilestone(
            TASK, new Milestone(new MilestoneId("early"), "Early", Duration.ofMillis(1_500))),
        new PlanChange.AddAccess(TASK, ACCESS),
        new PlanChange.RemoveAccess(TASK, ACCESS),
        new PlanChange.ReplaceAccess(
            TASK, ACCESS, new FileAccess(new FilePattern("c/**"), FileMode.WRITE)),
        new PlanChange.SetPolicy(
            new FilePolicy(new FilePattern("a/b"), FilePolicy.Kind.OWNER, TASK)),
        new PlanChange.SetPolicy(
            new FilePolicy(new FilePattern("a/b"), FilePolicy.Kind.APPEND, null)),
        new PlanChange.SetPool(new Role("backend"), 3),
        new PlanChange.SetResource("database", 2),
        new PlanChange.SetRange(new NumberRange("migrations", 20_260_220, 10_000, 100)),
        new PlanChange.TakeRange(TASK, "migrations"),
        new PlanChange.SetLabel(TASK, "session", "2"),
        new PlanChange.SplitTask(TASK, example().tasks()));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsReadAsItWasWritten(PlanChange change) {
    assertThat(ChangeProto.fromProto(ChangeProto.toProto(change, "in words"))).isEqualTo(change);
  }

  @Test
  void everyKindOfChangeIsTried() {
    assertThat(changes().map(Object::getClass).distinct())
        .hasSize(PlanChange.class.getPermittedSubclasses().length);
  }

  @Test
  void aChangeOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ChangeProto.fromProto(dev.makespan.proto.plan.v1.PlanChange.getDefaultInstance()))
        .withMessageContaining("change");
  }

  private static Plan example() {
    try {
      byte[] file = Files.readAllBytes(Path.of("..", "examples", "content-publishing.yaml"));
      return ((CheckedPlan.Accepted) PlanReader.read(file)).plan();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
