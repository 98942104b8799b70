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
