package dev.makespan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script: from anywhere, with whatever Java is there; and suites of one run. */
class LauncherIT {

  @TempDir Path folder;

  @Test
  void itWorksThroughALinkFromAnotherFolderAndKeepsRelativeNames() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("makespan"), Command.PROJECT.resolve("makespan"));
    Files.copy(
        Command.PROJECT.resolve("examples/content-publishing.yaml"), folder.resolve("mine.yaml"));

    try (Command check =
        Command.start(folder, Map.of(), List.of(link.toString(), "check", "mine.yaml"))) {
      assertThat(check.await()).as(check.text()).isZero();
      assertThat(check.text()).contains("mine.yaml: no errors");
    }
  }

  @Test
  void aJavaThatTheUserNamesAndThatIsTooOldIsRefusedInOneLine() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old/bin")).resolveSibling(".").normalize();
    for (String program : List.of("java", "javac")) {
      Files.createSymbolicLink(old.resolve("bin").resolve(program), Path.of("/bin/true"));
    }
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");

    try (Command refused =
        Command.start(Map.of("MAKESPAN_JAVA_HOME", old.toString()), "--version")) {
      assertThat(refused.await()).isEqualTo(3);
      assertThat(refused.text()).contains("holds JDK 17; expected a JDK 25 or newer");
    }
    try (Command passedOver = Command.start(Map.of("JAVA_HOME", old.toString()), "--version")) {
      assertThat(passedOver.await()).as(passedOver.text()).isZero();
    }
  }

  @Test
  void twoBuildsInOneFolderTakeTurns() throws Exception {
    Path script = Files.copy(Command.PROJECT.resolve("makespan"), folder.resolve("makespan"));
    Path maven = folder.resolve("mvnw");
    Files.writeString(maven, "#!/bin/sh\necho begun >> log; sleep 1; echo done >> log\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    Map<String, String> builds = Map.of("MAKESPAN_BUILD", "auto");
    List<String> build = List.of(script.toString(), "build");

    try (Command one = Command.start(folder, builds, build);
        Command other = Command.start(folder, builds, build)) {
      assertThat(one.await()).as(one.text()).isZero();
      assertThat(other.await()).as(other.text()).isZero();
      assertThat(one.text() + other.text()).contains("something else builds in this folder");
    }

    assertThat(Files.readAllLines(folder.resolve("log")))
        .containsExactly("begun", "done", "begun", "done");
  }

  @Test
  void itMeasuresThePlannerAndSaysOnWhat() throws Exception {
    try (Command bench =
        Command.start(
            Map.of(),
            "bench",
            "analysis",
            "--shape=local",
            "--tasks=120",
            "--needs=60",
            "--accesses=60",
            "--warmups=0",
            "--repeat=1",
            "--output=json")) {
      assertThat(bench.await()).as(bench.text()).isZero();
      assertThat(bench.text()).contains("\"machine\":{\"cores\":", "\"name\":\"full analysis\"");
    }
    try (Command help = Command.start(Map.of(), "bench", "--help")) {
      assertThat(help.await()).as(help.text()).isZero();
      assertThat(help.text()).contains("Usage: makespan bench", "schedule", "analysis", "forecast");
    }
    try (Command refused =
        Command.start(
            Map.of(), "bench", "schedule", "--instances=none", "--best=none.csv", "--millis=1")) {
      assertThat(refused.await()).isEqualTo(2);
      assertThat(refused.text()).contains("--instances: expected a folder, was none");
    }
  }

  @Test
  void aRunWithoutASuiteStartsOneAndLeavesNothingBehind() throws Exception {
    TestHome home = TestHome.in(folder.resolve("home"));

    try (Command run =
        home.start("run", "examples/content-publishing.yaml", "--simulate", "--speed=7200")) {
      assertThat(run.await()).as(run.text()).isZero();
      assertThat(run.text())
          .contains("Who did what when", "makespan", "Turns at src/handlers/posts.rs");
      assertThat(run.process().descendants()).isEmpty();
    }

    try (Command down = home.start("down")) {
      assertThat(down.await()).isZero();
      assertThat(down.text()).isEqualTo("nothing was up");
    }
  }

  @Test
  void whatAKilledLauncherLeavesIsClearedAndItsDataIsKept() throws Exception {
    TestHome home = TestHome.in(folder.resolve("home"));
    try (Command first = home.start("up")) {
      first.awaitLine(line -> line.equals("the suite is up"));
      ProcessHandle planner = home.process("planner-service");
      home.process("launcher").destroyForcibly();
      assertThat(first.await()).isNotZero();
      assertThat(planner.isAlive()).isTrue();

      try (Command second = home.start("up")) {
        second.awaitLine(line -> line.equals("the suite is up"));
        assertThat(planner.isAlive()).isFalse();
        second.process().destroy();
        assertThat(second.await()).as(second.text()).isZero();
      }
    }
  }

  @Test
  void whatCantBeStartedIsSaidInOneLine() throws Exception {
    TestHome home = TestHome.in(folder.resolve("home"));
    Map<String, String> environment = new HashMap<>(home.environment());

    environment.put("DATABASE_URL", "postgresql://me:secret@127.0.0.1:1/none");
    try (Command up = Command.startKeeping(environment, "up")) {
      assertThat(up.await()).isEqualTo(3);
      assertThat(up.text()).contains("DATABASE_URL").doesNotContain("\tat ", "secret");
    }
  }
}
