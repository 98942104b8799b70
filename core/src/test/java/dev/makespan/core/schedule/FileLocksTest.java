package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** As dispatch does: what the planner lets run side by side must be able to. */
  @Test
  void aTaskThatTouchesAFolderTakesTurnsWithWhoTouchesAFileInIt() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 4)
            .task("all", 10, t -> t.writes("src"))
            .task("one", 10, t -> t.writes("src/a/b.rs"))
            .task("other", 10, t -> t.writes("src/a/c.rs"))
            .task("beside", 10, t -> t.writes("source.md"))
            .plan();

    List<FileLock> locks = FileLocks.of(plan, TaskGraph.of(plan));

    assertThat(locks)
        .extracting(FileLock::writers)
        .containsExactlyInAnyOrder(List.of(0, 1), List.of(0, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "src, src/a.rs, true",
    "src, src, true",
    "src/a.rs, src, false",
    "src, srcs/a.rs, false",
    "src/*, src/a.rs, true",
    "src/*, src, false",
    "src/*, src/a/b.rs, false",
    "**/*.rs, src/a/b.rs, true",
  })
  void aFolderNamesWhatIsBeneathItAndNotWhatIsAbove(String pattern, String path, boolean matches) {
    assertThat(new FilePattern(pattern).matches(new FilePattern(path))).isEqualTo(matches);
  }
}
