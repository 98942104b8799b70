package dev.makespan.core.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.graph.PlanBuilder;
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
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanChangesTest {

  private static final TaskId A = new TaskId("a");
  private static final TaskId B = new TaskId("b");
  private static final TaskId C = new TaskId("c");

  private static final Plan PLAN =
      new PlanBuilder()
          .pool("dev", 2)
          .resource("staging", 1)
          .policy("log", FilePolicy.Kind.APPEND)
          .policy("list", FilePolicy.Kind.APPEND)
          .task("a", 10, t -> t.writes("x"))
          .task("b", 10, t -> t.needs("a"))
          .task("c", 10, t -> t.needs("a", "b"))
          .plan()
          .withRanges(List.of(new NumberRange("one", 1, 10, 5), new NumberRange("two", 1, 10, 5)));

  @Test
  void aNeedIsAddedOnce() {
    PlanChange add = new PlanChange.AddNeed(B, Need.of(C));

    Plan changed = PlanChanges.apply(PLAN, List.of(add, add));

    assertThat(changed.tasks().get(1).needs()).containsExactly(Need.of(A), Need.of(C));
    assertThat(others(changed, B)).isEqualTo(others(PLAN, B));
  }

  @Test
  void aPathIsNoLongerTouchedAndWhatIsNotThereIsNotTakenAway() {
    FileAccess x = new FileAccess(new FilePattern("x"), FileMode.WRITE);
    PlanChange remove = new PlanChange.RemoveAccess(A, x);

    Plan changed = PlanChanges.apply(PLAN, remove);

    assertThat(changed.tasks().getFirst().files()).isEmpty();
    assertThat(PlanChanges.findApplied(changed, List.of(remove))).isEmpty();
  }

  @Test
  void manyChangesMakeWhatEachOfThemMakesInTurn() {
    List<PlanChange> changes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      FileAccess file = new FileAccess(new FilePattern("f" + i), FileMode.WRITE);
      changes.add(new PlanChange.AddAccess(i % 2 == 0 ? A : C, file));
      changes.add(new PlanChange.SetPool(new Role("dev"), i + 1));
    }
    changes.add(new PlanChange.SplitTask(B, List.of(named("b-one"), named("b-two"))));
    changes.add(new PlanChange.AddNeed(C, Need.of(new TaskId("b-two"))));
    changes.add(new PlanChange.AddNeed(new TaskId("b-two"), Need.of(A)));
    Plan inTurn = PLAN;
    for (PlanChange change : changes) {
      inTurn = PlanChanges.apply(inTurn, change);
    }

    assertThat(PlanChanges.apply(PLAN, changes)).isEqualTo(inTurn);
    assertThat(PlanChanges.apply(PLAN, List.of())).isSameAs(PLAN);
    changes.add(new PlanChange.AddNeed(B, Need.of(A)));
    assertThat(PlanChanges.findApplied(PLAN, changes)).isEmpty();
  }

  private static Task named(String id) {
    return new PlanBuilder().task(id, 5).plan().tasks().getFirst();
  }

  @Test
  void aNeedIsLeftOut() {
    Plan changed = PlanChanges.apply(PLAN, new PlanChange.RemoveNeed(C, Need.of(A)));

    assertThat(changed.tasks().get(2).needs()).containsExactly(Need.of(B));
  }

  @Test
  void aNeedIsReplacedInItsPlace() {
    Need milestone = new Need(B, new MilestoneId("half"));
    PlanChange change = new PlanChange.ReplaceNeed(C, Need.of(A), List.of(milestone, Need.of(B)));

    assertThat(PlanChanges.apply(PLAN, change).tasks().get(2).needs())
        .containsExactly(milestone, Need.of(B));
  }

  @Test
  void aStubTakesTheNeedsPlace() {
    Stub stub = new Stub(A, "contract", null);

    Task changed =
        PlanChanges.apply(PLAN, new PlanChange.ReplaceNeedByStub(C, Need.of(A), stub))
            .tasks()
            .get(2);

    assertThat(changed.needs()).containsExactly(Need.of(B));
    assertThat(changed.stubs()).containsExactly(stub);
  }

  @Test
  void aMilestoneAnAccessAndARangeAreAdded() {
    Milestone half = new Milestone(new MilestoneId("half"), "half", Duration.ofMinutes(5));
    FileAccess access = new FileAccess(new FilePattern("y"), FileMode.READ);

    Task changed =
        PlanChanges.apply(
                PLAN,
                List.of(
                    new PlanChange.AddMilestone(A, half),
                    new PlanChange.AddAccess(A, access),
                    new PlanChange.TakeRange(A, "one")))
            .tasks()
            .getFirst();

    assertThat(changed.milestones()).containsExactly(half);
    assertThat(changed.files())
        .containsExactly(new FileAccess(new FilePattern("x"), FileMode.WRITE), access);
    assertThat(changed.ranges()).containsExactly("one");
  }

  @Test
  void anAccessIsReplaced() {
    FileAccess old = new FileAccess(new FilePattern("x"), FileMode.WRITE);
    FileAccess now = new FileAccess(new FilePattern("x/a"), FileMode.WRITE);

    Plan changed = PlanChanges.apply(PLAN, new PlanChange.ReplaceAccess(A, old, now));

    assertThat(changed.tasks().getFirst().files()).containsExactly(now);
  }

  @Test
  void aPolicyTakesThePlaceOfTheOneWithItsPath() {
    FilePolicy owner = new FilePolicy(new FilePattern("list"), FilePolicy.Kind.OWNER, A);
    FilePolicy fresh = new FilePolicy(new FilePattern("new"), FilePolicy.Kind.OWNER, A);

    Plan changed =
        PlanChanges.apply(
            PLAN, List.of(new PlanChange.SetPolicy(owner), new PlanChange.SetPolicy(fresh)));

    assertThat(changed.files()).containsExactly(PLAN.files().getFirst(), owner, fresh);
  }

  @Test
  void aRangeTakesThePlaceOfTheOneWithItsName() {
    NumberRange two = new NumberRange("two", 100, 1, 5);
    NumberRange three = new NumberRange("three", 100, 1, 5);

    Plan changed =
        PlanChanges.apply(
            PLAN, List.of(new PlanChange.SetRange(two), new PlanChange.SetRange(three)));

    assertThat(changed.ranges()).containsExactly(PLAN.ranges().getFirst(), two, three);
  }

  @Test
  void poolsAndResourcesAreSet() {
    Plan changed =
        PlanChanges.apply(
            PLAN,
            List.of(
                new PlanChange.SetPool(new Role("ops"), 3),
                new PlanChange.SetResource("staging", 2)));

    assertThat(changed.pools()).isEqualTo(Map.of(new Role("dev"), 2, new Role("ops"), 3));
    assertThat(changed.resources()).isEqualTo(Map.of("staging", 2));
  }

  @Test
  void aLabelTakesThePlaceOfTheOneWithItsKey() {
    Plan changed =
        PlanChanges.apply(
            PLAN,
            List.of(
                new PlanChange.SetLabel(A, "area", "x"),
                new PlanChange.SetLabel(A, "team", "z"),
                new PlanChange.SetLabel(A, "area", "y")));

    assertThat(changed.tasks().getFirst().placement().labels())
        .isEqualTo(Map.of("area", "y", "team", "z"));
    assertThat(changed.tasks().getFirst().role()).isEqualTo(new Role("dev"));
  }

  @Test
  void piecesStandInTheTasksPlace() {
    List<Task> pieces = new PlanBuilder().task("b1", 4).task("b2", 6).plan().tasks();

    Plan changed = PlanChanges.apply(PLAN, new PlanChange.SplitTask(B, pieces));

    assertThat(changed.tasks())
        .extracting(task -> task.id().value())
        .containsExactly("a", "b1", "b2", "c");
  }

  @Test
  void aTaskOrNeedThatIsNotThereIsRefused() {
    PlanChange noTask = new PlanChange.AddNeed(new TaskId("z"), Need.of(A));
    PlanChange noNeed = new PlanChange.RemoveNeed(B, Need.of(C));

    assertThatThrownBy(() -> PlanChanges.apply(PLAN, noTask))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a task of the plan, was z");
    assertThatThrownBy(() -> PlanChanges.apply(PLAN, noNeed))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(PlanChanges.findApplied(PLAN, List.of(noNeed))).isEmpty();
    assertThat(PlanChanges.findApplied(PLAN, List.of())).contains(PLAN);
  }

  private static List<Task> others(Plan plan, TaskId but) {
    return plan.tasks().stream().filter(task -> !task.id().equals(but)).toList();
  }
}
