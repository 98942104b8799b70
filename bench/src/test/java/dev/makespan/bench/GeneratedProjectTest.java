package dev.makespan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.schedule.Project;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GeneratedProjectTest {

  @TempDir Path folder;

  @Test
  void aProjectHasTheShapeThatWasAskedFor() {
    for (GeneratedProject shape : GeneratedProject.all(120)) {
      Project project = shape.project(7);
      TaskGraph graph = project.graph();
      double needs = (double) graph.edges() / graph.size();
      double used = project.demandsEnd(graph.size() - 1) / (4.0 * graph.size());

      assertThat(needs).as("%s", shape).isBetween(shape.complexity() - 0.2, shape.complexity());
      assertThat(used).as("%s", shape).isBetween(shape.factor() - 0.01, shape.factor() + 0.01);
    }
  }

  @Test
  void theSameSeedGivesTheSameInstance() {
    GeneratedProject shape = new GeneratedProject(90, 1.8, 0.5, 0.2);

    assertThat(PsplibText.of(shape.project(3))).isEqualTo(PsplibText.of(shape.project(3)));
    assertThat(PsplibText.of(shape.project(4))).isNotEqualTo(PsplibText.of(shape.project(3)));
  }

  @Test
  void whatIsWrittenIsReadAsTheSameProject() throws IOException {
    Project project = new GeneratedProject(60, 2.1, 0.75, 0.3).project(5);
    Path file = folder.resolve("one.sm");

    Files.writeString(file, PsplibText.of(project));

    Project read = PsplibFile.read(file);
    assertThat(read.size()).isEqualTo(project.size() + 2);
    assertThat(read.resources()).isEqualTo(project.resources());
    assertThat(LongestPaths.length(LongestPaths.tails(read.graph())))
        .isEqualTo(LongestPaths.length(LongestPaths.tails(project.graph())));
  }

  @Test
  void aGeneratedFolderCanBeScheduled() {
    int generated = run("generate", "--tasks", "12", "--into", folder.resolve("g").toString());

    int scheduled =
        run(
            "schedule",
            "--instances",
            folder.resolve("g").toString(),
            "--best",
            folder.resolve("g/instances.csv").toString(),
            "--schedules",
            "50");
    int bounded =
        run(
            "bounds",
            "--instances=" + folder.resolve("g"),
            "--best=" + folder + "/g/instances.csv");

    assertThat(generated).isZero();
    assertThat(scheduled).isZero();
    assertThat(bounded).as("nothing to prove").isEqualTo(2);
  }

  @Test
  void moreTasksThanTheLimitAreRefused() {
    assertThat(run("generate", "--tasks", "1001", "--into", folder.toString())).isEqualTo(2);
  }

  private static int run(String... arguments) {
    CommandLine command = BenchMain.commandLine();
    command.setOut(new PrintWriter(new StringWriter()));
    command.setErr(new PrintWriter(new StringWriter()));
    return command.execute(arguments);
  }
}
