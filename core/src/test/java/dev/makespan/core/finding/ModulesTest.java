package dev.makespan.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ModulesTest {

  @Test
  void theFirstPathsAreListedWithAllWhoTouchThem() {
    SplittableRandom random = new SplittableRandom(3);
    PlanBuilder builder = new PlanBuilder();
    for (int v = 0; v < 1_500; v++) {
      String own = "m" + random.nextInt(60) + "/f" + random.nextInt(900);
      String other = random.nextInt(9) == 0 ? "top" + v : "m" + random.nextInt(60) + "/g" + v;
      builder.task("t" + v, 1, line -> line.writes(own).reads(other));
    }
    Plan plan = builder.plan();

    List<PlanReview.ModuleImpact> listed = Modules.of(plan);

    TreeSet<String> paths = new TreeSet<>();
    plan.tasks()
        .forEach(task ->
            task.files()
                .forEach(access -> {
                  paths.add(access.path().text());
                  paths.add(folder(access));
                }));
    assertThat(paths).hasSizeGreaterThan(Modules.MAX_LISTED);
    assertThat(listed.stream().map(PlanReview.ModuleImpact::path).toList())
        .isEqualTo(paths.stream().limit(Modules.MAX_LISTED).toList());
    for (PlanReview.ModuleImpact module : listed) {
      assertThat(module.writers()).isEqualTo(touching(plan, module, FileMode.WRITE::equals));
      assertThat(module.readers()).isEqualTo(touching(plan, module, FileMode.READ::equals));
    }
  }

  private static List<?> touching(
      Plan plan, PlanReview.ModuleImpact module, Predicate<FileMode> mode) {
    return plan.tasks().stream()
        .filter(task ->
            task.files().stream()
                .anyMatch(access ->
                    mode.test(access.mode())
                        && (access.path().text().equals(module.path())
                            || folder(access).equals(module.path()))))
        .map(Task::id)
        .toList();
  }

  private static String folder(FileAccess access) {
    return access.path().folder().isEmpty() ? "./" : access.path().folder() + "/";
  }
}
