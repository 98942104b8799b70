package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.agent.Runner;
import dev.makespan.agent.SimulateRunner;
import dev.makespan.agent.workspace.TestRepository;
import dev.makespan.core.session.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppingTest {

  /** A command that ignores TERM, and leaves children in and out of its group that do, too. */
  private static final String STUBBORN =
      """
      trap '' TERM INT HUP
      sh -c 'trap "" TERM; while :; do sleep 0.2; done' & echo $! >> "%1$s"
      setsid sh -c 'trap "" TERM; echo $$ >> "%1$s"; while :; do sleep 0.2; done' &
      (setsid sh -c 'trap "" TERM; echo $$ >> "%1$s"; sleep 600 & wait; sleep 600' &)
      echo $$ >> "%1$s"
      while [ "$(wc -l < "%1$s")" -lt 4 ]; do sleep 0.05; done
      touch "%1$s.ready"
      while :; do sleep 0.2; done
      """;

  @TempDir Path temp;
  private CommandRunner runner;

  @BeforeEach
  void make() throws IOException {
    runner = CommandRunner.shell(settings(), new SimulateRunner(1));
  }

  @AfterEach
  void close() {
    runner.close();
  }

  private RunnerSettings settings() {
    return new RunnerSettings(
        temp.resolve("work"),
        temp,
        Map.of("PATH", System.getenv("PATH")),
        Set.of(),
        Secrets.NONE,
        Duration.ofMillis(500));
  }

  private Runner.Work begin(Heard heard, Tasks task) {
    return runner.start(Tasks.ref(1), 1, task.spec(), TaskContext.NONE, heard);
  }

  private Path pids() {
    return temp.resolve("pids");
  }

  private void awaitReady() throws InterruptedException {
    for (int i = 0; i < 600 && !Files.exists(temp.resolve("pids.ready")); i++) {
      Thread.sleep(50);
    }
    assertThat(temp.resolve("pids.ready")).exists();
  }

  private void assertAllGone() throws IOException {
    assertThat(Files.readAllLines(pids())).hasSize(4).noneMatch(StoppingTest::runs);
  }

  /** Who is dead and waits for its parent to look does not run. */
  private static boolean runs(String pid) {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whoIgnoresTermAndForksIsGoneAfterTheGrace() throws Exception {
    Heard heard = new Heard();
    Runner.Work work = begin(heard, Tasks.script(STUBBORN.formatted(pids())));
    awaitReady();

    work.stop(Duration.ofMillis(300));

    assertThat(heard.stopped()).isEqualTo("KILL");
    assertAllGone();
  }

  @Test
  void withoutGraceItIsGoneAtOnce() throws Exception {
    Heard heard = new Heard();
    Runner.Work work = begin(heard, Tasks.script(STUBBORN.formatted(pids())));
    awaitReady();

    work.stop(Duration.ofMinutes(10));
    work.stop(Duration.ZERO);

    assertThat(heard.stopped()).isEqualTo("KILL");
    assertAllGone();
  }

  @Test
  void whoHeedsTermMayTidyUp() throws Exception {
    Heard heard = new Heard();
    Path tidied = temp.resolve("tidied");
    Runner.Work work =
        begin(
            heard,
            Tasks.script(
                "trap 'touch %s; exit 0' TERM; touch %s; while :; do sleep 0.05; done"
                    .formatted(tidied, temp.resolve("pids.ready"))));
    awaitReady();

    work.stop(Duration.ofSeconds(20));

    assertThat(heard.stopped()).isEqualTo("TERM");
    assertThat(tidied).exists();
  }

  @Test
  void whatACommandLeavesRunningEndsWithIt() throws Exception {
    Heard heard = new Heard();
    begin(
        heard,
        Tasks.script(
            STUBBORN.formatted(pids()).replace("while :; do sleep 0.2; done\n", "exit 0\n")));

    heard.report();

    assertAllGone();
  }

  @Test
  void aClosedRunnerLeavesNothing() throws Exception {
    begin(new Heard(), Tasks.script(STUBBORN.formatted(pids())));
    awaitReady();

    runner.close();

    assertAllGone();
    assertThat(temp.resolve("work/attempts/agent-1")).isEmptyDirectory();
  }

  @Test
  void anAttemptThatIsStoppedWhileItIsMadeNeverBegins() throws Exception {
    TestRepository.make(temp.resolve("origin"));
    Heard heard = new Heard();

    begin(heard, Tasks.script("touch " + temp.resolve("ran")).in("origin", 1)).stop(Duration.ZERO);

    assertThat(heard.stopped()).isEqualTo("between commands");
    assertThat(temp.resolve("ran")).doesNotExist();
    assertThat(temp.resolve("work/attempts/agent-1")).isEmptyDirectory();
  }

  @Test
  void theNextAgentEndsAndDeletesWhatAKilledOneHasLeft() throws Exception {
    Path left = Files.createDirectories(temp.resolve("work/attempts/agent-7/1-build-9"));
    ProcessBuilder sleep = new ProcessBuilder("sleep", "600");
    sleep.environment().put("MAKESPAN_OUTPUT", left.resolve("output").toString());
    Process orphan = sleep.start();

    CommandRunner.shell(settings(), new SimulateRunner(1)).close();

    assertThat(orphan.waitFor()).isEqualTo(137);
    assertThat(left).doesNotExist();
  }
}
