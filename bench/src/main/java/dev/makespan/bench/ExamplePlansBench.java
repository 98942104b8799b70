package dev.makespan.bench;

import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.Search;
import dev.makespan.formats.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Measures the whole analysis, findings included, of each plan file of a folder. */
final class ExamplePlansBench {

  private final Repetitions repetitions;

  ExamplePlansBench(Repetitions repetitions) {
    this.repetitions = repetitions;
  }

  Sheet measure(Path folder) {
    Settings.isFolder("--plans", folder);
    Sheet sheet = new Sheet("full analysis with findings of each plan in " + folder);
    for (Path file : planFiles(folder)) {
      Plan plan = plan(file);
      sheet.add(
          repetitions.measure(
              String.valueOf(file.getFileName()),
              300,
              50,
              () -> PlanReview.of(plan, plan.pools(), Search.DEFAULT)));
    }
    return sheet;
  }

  private static List<Path> planFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> plans =
          files
              .filter(
                  file -> file.toString().endsWith(".yaml") || file.toString().endsWith(".json"))
              .sorted()
              .toList();
      if (plans.isEmpty()) {
        throw new BenchProblem(
            "--plans: expected .yaml or .json files in " + folder + ", was none");
      }
      return plans;
    } catch (IOException e) {
      throw new BenchProblem("--plans: " + e + ", expected files that can be read");
    }
  }

  private static Plan plan(Path file) {
    try {
      return switch (PlanReader.read(Files.readAllBytes(file))) {
        case CheckedPlan.Accepted accepted -> accepted.plan();
        case CheckedPlan.Refused refused -> {
          var problem = refused.problems().getFirst();
          throw new BenchProblem(
              "%s:%d:%d: %s"
                  .formatted(file, problem.at().line(), problem.at().column(), problem.message()));
        }
      };
    } catch (IOException e) {
      throw new BenchProblem("--plans: " + e + ", expected files that can be read");
    }
  }
}
