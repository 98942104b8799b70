package dev.makespan.bench;

import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.schedule.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes instances of a size that no folder at hand has. */
@Command(
    name = "generate",
    description = {
      "Writes instances like those of PSPLIB, one for each combination of its parameters, and a CSV"
          + " for 'schedule' in which no best known is given: the critical path stands for it."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class GenerateBench implements Callable<Integer> {

  private static final int LEAST_TASKS = 10;
  private static final int MOST_TASKS = 1_000;
  private static final String HEADING = "instance,critical_path,best_lower_bound,best_known\n";

  @Spec CommandSpec spec;

  @Option(names = "--tasks", required = true, description = "Tasks per instance.")
  int tasks;

  @Option(names = "--into", required = true, description = "Folder; it and its CSV are made.")
  Path into;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  long seed;

  @Override
  public Integer call() throws IOException {
    Settings.inRange("--tasks", tasks, LEAST_TASKS, MOST_TASKS);
    Files.createDirectories(into);
    StringBuilder rows = new StringBuilder(HEADING);
    List<GeneratedProject> all = GeneratedProject.all(tasks);
    for (int i = 0; i < all.size(); i++) {
      Project project = all.get(i).project(seed * all.size() + i);
      String name = "g" + tasks + "_" + (i + 1);
      Files.writeString(into.resolve(name + ".sm"), PsplibText.of(project));
      long path = LongestPaths.length(LongestPaths.tails(project.graph()));
      rows.append("%s,%d,%d,%n".formatted(name, path, path));
    }
    Path csv = into.resolve("instances.csv");
    Files.writeString(csv, rows);
    spec.commandLine().getOut().println(all.size() + " instances, " + csv);
    return 0;
  }
}
