package dev.makespan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  void aYardstickThatWasNotBuiltInIsRefusedAndSoIsOneWithoutATime() throws IOException {
    Files.writeString(folder.resolve("tiny1.sm"), INSTANCE);
    Path best = folder.resolve("tiny.csv");
    Files.writeString(best, "head\ntiny1,4,6,6,1\n");
    String[] given = {"schedule", "--instances=" + folder, "--best=" + best, "--yardstick=cp-sat"};

    int without = run(with(given, "--schedules=1"));
    int absent = run(with(given, "--millis=1"));

    assertThat(List.of(without, absent)).containsOnly(2);
    assertThat(printed.toString())
        .contains("expected --millis beside it, was --schedules")
        .contains("--yardstick: expected one that was built in, which are [], was 'cp-sat'");
  }

  private static String[] with(String[] given, String last) {
    List<String> all = new ArrayList<>(List.of(given));
    all.add(last);
    return all.toArray(String[]::new);
  }

  @Test
  void aYardstickStandsBesideOurs() {
    Comparison comparison =
        Comparison.of(
            "other",
            List.of(
                new Comparison.Pair(10, 10, 12, false, 5),
                new Comparison.Pair(10, 20, 20, true, 1),
                new Comparison.Pair(10, 20, 18, false, 5),
                new Comparison.Pair(10, 10, 0, false, 5)));

    assertThat(comparison.json())
        .contains("\"found\":3", "\"aboveOursPercent\":3.3333", "\"oursShorter\":2")
        .contains("\"oursLonger\":1", "\"proven\":1", "\"meanMillis\":4.000");
    assertThat(comparison.text())
        .contains("schedules found      3 of 4", "ours shorter         2, as long 1, longer 1");
  }

  @Test
  void boundsAreCountedAndTimedByThemselves() throws IOException {
    Files.writeString(folder.resolve("tiny1.sm"), INSTANCE);
    Path best = folder.resolve("tiny.csv");
    Files.writeString(best, "head\ntiny1,4,6,6,1\n");

    int exit =
        run("bounds", "--instances=" + folder, "--best=" + best, "--repeat=1", "--output=json");

    assertThat(exit).isZero();
    assertThat(printed.toString()).contains("\"instances\":1,\"provenByBounds\":1");
  }

  @Test
  void aBoundAboveTheBestKnownIsAFailure() throws IOException {
    Files.writeString(folder.resolve("tiny1.sm"), INSTANCE);
    Path best = folder.resolve("tiny.csv");
    Files.writeString(best, "head\ntiny1,4,5,5,1\n");

    int scheduled = schedule(folder, best, "--schedules=10");
    int bounded = run("bounds", "--instances=" + folder, "--best=" + best, "--repeat=1");

    assertThat(scheduled).isEqualTo(70);
    assertThat(bounded).isEqualTo(70);
    assertThat(printed.toString())
        .contains("tiny1: expected a bound up to the best known 5, was 6");
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
  void aRowWithoutAnInstanceIsNamedBeforeAnythingIsMeasured() throws IOException {
    Path best = folder.resolve("tiny.csv");
    Files.writeString(best, "head\n\ntiny7,4,6,6,1\n");

    int exit = schedule(folder, best, "--schedules=1");

    assertThat(exit).isEqualTo(2);
    assertThat(printed.toString())
        .contains("tiny.csv:3: expected a file for the instance 'tiny7'", "tiny7.sm is not there");
  }

  @Test
  void aNumberThatIsNoneIsNamedWithItsLine() throws IOException {
    Path best = folder.resolve("tiny.csv");
    Files.writeString(best, "head\ntiny1,four,6,6,1\n");

    int exit = schedule(folder, best, "--schedules=1");

    assertThat(exit).isEqualTo(2);
    assertThat(printed.toString())
        .contains("tiny.csv:2: expected a whole number above 0, was 'four'");
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    Map<List<String>, String> refusals =
        Map.of(
            List.of("--schedules=1"), "--instances: expected a folder, was",
            List.of("--schedules=1", "--millis=1"), "mutually exclusive",
            List.of(), "Missing required argument",
            List.of("--millis=x"), "'x' is not an int");

    refusals.forEach((words, said) -> {
      printed.getBuffer().setLength(0);
      int exit = schedule(folder.resolve("none"), folder, words.toArray(String[]::new));

      assertThat(exit).as(printed.toString()).isEqualTo(2);
      assertThat(printed.toString()).contains(said);
    });
  }

  @Test
  void noSchedulesAndNoTasksAreRefused() throws IOException {
    Path best = Files.createFile(folder.resolve("tiny.csv"));

    int noSchedules = schedule(folder, best, "--schedules=0");
    int noThreads = schedule(folder, best, "--schedules=1", "--threads=0");
    int noTasks = run("analysis", "--tasks=0");

    assertThat(List.of(noSchedules, noThreads, noTasks)).containsOnly(2);
    assertThat(printed.toString())
        .contains("--schedules: expected 1 to 100000000, was 0")
        .contains("--threads: expected 1 to 1024, was 0")
        .contains("--tasks: expected 1 to 1000000, was 0");
  }

  @Test
  void aLargePlanIsAnalysedInBothShapes() {
    int exit =
        run("analysis", "--tasks=120", "--needs=60", "--accesses=60", "--warmups=0", "--repeat=1");

    assertThat(exit).isZero();
    assertThat(printed.toString())
        .contains("machine:", "needs local: 120 tasks", "needs long: 120 tasks")
        .contains("check + critical path + waves + slack", "full analysis");
  }

  @Test
  void thePlansOfAFolderAreAnalysed() throws IOException {
    Files.writeString(
        folder.resolve("mine.yaml"),
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: mine}
        spec: {tasks: [{id: a, duration: 1h}]}
        """);

    int exit =
        run("analysis", "--plans", folder.toString(), "--warmups=0", "--repeat=1", "--output=json");

    assertThat(exit).isZero();
    assertThat(printed.toString()).contains("\"name\":\"mine.yaml\"", "\"mustMillis\":300");
  }

  @Test
  void aForecastIsMeasured() {
    int exit = run("forecast", "--tasks=50", "--samples=100", "--warmups=0", "--repeat=1");

    assertThat(exit).isZero();
    assertThat(printed.toString()).contains("forecast: 50 tasks, 100 samples");
  }

  private int schedule(Path instances, Path best, String... more) {
    List<String> words = new ArrayList<>(List.of("schedule"));
    words.addAll(List.of("--instances", instances.toString(), "--best", best.toString()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  @Test
  void aLoadThatCantBeMeasuredIsRefusedBeforeAnythingIsStarted() {
    int tooShort = run("dispatch", "tasks", "--seconds=0");
    int tooManyConnections = run("dispatch", "--sessions=2", "--connections=3");
    int unknown = run("dispatch", "everything");

    assertThat(List.of(tooShort, tooManyConnections, unknown)).containsOnly(2);
    assertThat(printed.toString())
        .contains("--seconds: expected 1 to 3600, was 0")
        .contains("--connections: expected 1 to 2, was 3")
        .contains("everything")
        .doesNotContain("starting the suite");
  }

  @Test
  void whatRecordsCannotDoIsRefusedBeforeASuiteIsStarted() {
    assertThat(run("records", "--logs", "0")).isEqualTo(2);
    assertThat(printed.toString()).contains("--logs: expected 1 to 1000, was 0");
    assertThat(run("records", "--artifact", "5000")).isEqualTo(2);
    assertThat(run("records", "--seconds", "1")).isEqualTo(2);
  }

  private int run(String... arguments) {
    CommandLine command = BenchMain.commandLine();
    command.setOut(new PrintWriter(printed));
    command.setErr(new PrintWriter(printed));
    return command.execute(arguments);
  }
}
