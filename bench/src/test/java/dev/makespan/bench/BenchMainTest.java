package dev.makespan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchMainTest {

  /** Three tasks between a source and a sink; the second and third cannot run side by side. */
  private static final String INSTANCE =
      """
      jobs (incl. supersource/sink ):  5
      PRECEDENCE RELATIONS:
      jobnr.    #modes  #successors   successors
         1        1          3           2   3   4
         2        1          1           5
         3        1          1           5
         4        1          1           5
         5        1          0
      REQUESTS/DURATIONS:
      jobnr. mode duration  R 1  R 2
      ------------------------------
        1      1     0       0    0
        2      1     3       1    0
        3      1     4       3    1
        4      1     2       2    1
        5      1     0       0    0
      RESOURCEAVAILABILITIES:
        R 1  R 2
         4    1
      """;

  @TempDir Path folder;

  private final StringWriter printed = new StringWriter();

  @Test
  void aFolderOfInstancesIsComparedWithWhatIsKnown() throws IOException {
    Files.writeString(folder.resolve("tiny1.sm"), INSTANCE);
    Path best = folder.resolve("tiny.csv");
    Files.writeString(
        best, "instance,critical_path,best_lower_bound,best_known,optimal\ntiny1,4,6,6,1\n");

    int exit =
        run(
            "schedule",
            "--instances",
            folder.toString(),
            "--best",
            best.toString(),
            "--schedules",
            "100",
            "--output",
            "json");

    assertThat(exit).isZero();
    assertThat(printed.toString())
        .contains("\"instances\":1", "\"aboveBestPercent\":0.0000")
        .contains("\"aboveCriticalPathPercent\":50.0000", "\"proven\":1");
  }

  @Test
  void aFileThatIsNoInstanceIsNamed() throws IOException {
    Files.writeString(folder.resolve("tiny1.sm"), "jobs: 3");
    Path best = folder.resolve("tiny.csv");
    Files.writeString(best, "head\ntiny1,4,6,6,1\n");

    int exit =
        run(
            "schedule",
            "--instances",
            folder.toString(),
            "--best",
            best.toString(),
            "--millis",
            "1");

    assertThat(exit).isNotZero();
    assertThat(printed.toString()).contains("tiny1.sm: expected");
  }

  @Test
  void aLargePlanIsAnalysed() {
    int exit =
        run("analysis", "--tasks", "500", "--needs", "1500", "--accesses", "800", "--repeat", "1");

    assertThat(exit).isZero();
    assertThat(printed.toString()).contains("full analysis");
  }

  private int run(String... arguments) {
    CommandLine command = BenchMain.commandLine();
    command.setOut(new PrintWriter(printed));
    command.setErr(new PrintWriter(printed));
    return command.execute(arguments);
  }
}
