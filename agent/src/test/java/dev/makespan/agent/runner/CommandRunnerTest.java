package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.agent.Runner;
import dev.makespan.agent.SimulateRunner;
import dev.makespan.agent.WorkReport;
import dev.makespan.agent.workspace.TestRepository;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Work;
import dev.makespan.core.session.AgentSays.GateReport;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.GatewaySays.Ruling;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {

  @TempDir Path temp;
  private TestRepository origin;
  private CommandRunner runner;
  private long fence;

  @BeforeEach
  void make() throws IOException {
    origin = TestRepository.make(temp.resolve("origin"));
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
        Map.of("PATH", System.getenv("PATH"), "HOME", "/nowhere", "GIVEN", "g", "KEY", "k"),
        Set.of("GIVEN"),
        new AgentSecrets(temp.resolve("secrets"), Set.of(), Map.of()),
        Duration.ofMillis(500));
  }

  private Heard begin(Tasks task, Heard heard) {
    return begin(task, TaskContext.NONE, heard);
  }

  private Heard begin(Tasks task, TaskContext context, Heard heard) {
    runner.start(Tasks.ref(++fence), 2, task.spec(), context, heard);
    return heard;
  }

  private WorkReport run(Tasks task) {
    return begin(task, new Heard()).report();
  }

  private Tasks inOrigin(String script) {
    return Tasks.script(script).in("origin", fence + 1);
  }

  @Test
  void aCommandFindsItsVariablesAndNoOthers() {
    WorkReport report =
        run(
            Tasks.script(
                    """
                    echo "output at=$MAKESPAN_RUN/$MAKESPAN_TASK/$MAKESPAN_ATTEMPT" >> "$MAKESPAN_OUTPUT"
                    echo "output in=$(basename "$MAKESPAN_WORKSPACE")" >> "$MAKESPAN_OUTPUT"
                    echo "output range=$MAKESPAN_RANGE_DB_MIGRATIONS_FIRST-$MAKESPAN_RANGE_DB_MIGRATIONS_LAST" >> "$MAKESPAN_OUTPUT"
                    echo "output env=$GIVEN-$KEY-$OWN-$HOME" >> "$MAKESPAN_OUTPUT"
                    test "$(pwd)" = "$MAKESPAN_WORKSPACE" && test -f "$MAKESPAN_PROMPT_FILE"
                    test -d "$TMPDIR"
                    """)
                .env("OWN", "own"));

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.OK);
    assertThat(report.outputs())
        .isEqualTo(
            Map.of(
                "at", "1/build/2", "in", "workspace", "range", "10-19", "env", "g--own-/nowhere"));
  }

  @Test
  void anArgumentVectorIsNoShellText() {
    WorkReport report = run(Tasks.of(new Work.Command(List.of("test", "$HOME;x", "=", "$HOME;x"))));

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void aScriptMayNameItsInterpreter() {
    WorkReport report =
        run(
            Tasks.script(
                "#!/bin/bash\n[[ -n $BASH_VERSION ]] && echo 'metric bash=1' > $MAKESPAN_OUTPUT\n"));

    assertThat(report.metrics()).containsExactly(Map.entry("bash", 1.0));
  }

  @Test
  void workIsCommittedOnItsBranchAndPushed() throws IOException {
    WorkReport report = run(inOrigin("echo more >> src/a.txt").writes("src/a.txt"));

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.OK);
    assertThat(report.files()).containsExactly("src/a.txt");
    assertThat(origin.git("rev-parse", "makespan/1/build/1")).isEqualTo(report.commit());
    assertThat(origin.git("log", "-1", "--format=%B", report.commit()))
        .contains("Build it", "Makespan-Run: 1", "Makespan-Task: build", "Makespan-Fence: 1");
    assertThat(leftInWork()).isEmpty();
  }

  private List<String> leftInWork() throws IOException {
    try (Stream<Path> all = Files.walk(temp.resolve("work/attempts"))) {
      return all.map(Path::getFileName)
          .map(Path::toString)
          .filter(name -> name.contains("build"))
          .toList();
    }
  }

  @Test
  void whatACommandSaysIsHeardWhileItRuns() throws Exception {
    Path go = temp.resolve("go");
    Heard heard =
        begin(
            Tasks.script(
                """
                echo 'milestone half' >> "$MAKESPAN_OUTPUT"
                echo 'progress 50 half way' >> "$MAKESPAN_OUTPUT"
                echo 'checkpoint row 5' >> "$MAKESPAN_OUTPUT"
                while [ ! -e '%s' ]; do sleep 0.05; done
                echo 'usage input_tokens=3 output_tokens=4 cost=0.5' >> "$MAKESPAN_OUTPUT"
                printf 'metric a=1' >> "$MAKESPAN_OUTPUT"
                """
                    .formatted(go)),
            new Heard());

    awaitUntil(() -> !heard.progress.isEmpty());
    assertThat(heard.milestones).containsExactly(new MilestoneId("half"));
    assertThat(heard.progress.element().checkpoint()).isEqualTo("row 5");
    assertThat(heard.progress.element().percent()).isEqualTo(50);
    Files.createFile(go);

    assertThat(heard.report().usage()).isEqualTo(new Usage(3, 4, 0.5));
    assertThat(heard.report().metrics()).containsExactly(Map.entry("a", 1.0));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void awaitUntil(Condition condition) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void reportsThatACommandNamesAreReadIntoMetrics() {
    WorkReport report =
        run(
            Tasks.script(
                """
                printf '<testsuite><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>' > r.xml
                echo 'report junit r.xml' > "$MAKESPAN_OUTPUT"
                echo 'report lcov none.info' >> "$MAKESPAN_OUTPUT"
                """));

    assertThat(report.metrics()).as(report.message()).containsEntry("tests.failed", 1.0);
    assertThat(report.message()).contains("report lcov none.info");
  }

  @Test
  void linesThatAreNotUnderstoodAreSaidInTheResult() {
    WorkReport report =
        run(Tasks.script("printf 'metric\\nmilestone nobody\\n' > \"$MAKESPAN_OUTPUT\""));

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.message()).contains("2 lines of MAKESPAN_OUTPUT", "metric: expected");
  }

  @Test
  void aFailureSaysItsExitCodeAndWhatWasSaidLast() {
    WorkReport report =
        run(Tasks.script("echo begin; printf '\\033[31mred\\033[0m and\\a bell\\n' >&2; exit 3"));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.message())
        .isEqualTo("exit code 3; last it said: begin | red and\\u0007 bell");
  }

  @Test
  void aProgramThatIsNotThereIsNotTriedAgain() {
    WorkReport report = run(Tasks.of(new Work.Command(List.of("no-such-program", "x"))));

    assertThat(report.outcome()).isEqualTo(Outcome.FATAL);
    assertThat(report.message()).contains("was not found", "no-such-program");
  }

  @Test
  void aFailedAttemptIsKeptOnItsBranch() throws IOException {
    WorkReport report = run(inOrigin("echo part > src/part.txt; exit 1").writes("src/**"));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(origin.show("makespan/1/build/1", "src/part.txt")).isEqualTo("part");
    assertThat(report.commit()).isEqualTo(origin.git("rev-parse", "makespan/1/build/1"));
  }

  @Test
  void successWithoutTheDeliverablesIsNone() {
    WorkReport report =
        run(inOrigin("mkdir out; echo x > out/x.txt").delivers("out/*.txt").delivers("out/y.pdf"));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.message())
        .contains("without what it had to deliver", "out/y.pdf is not there")
        .doesNotContain("out/*.txt is");
  }

  @Test
  void deliverablesAreHashed() {
    WorkReport report =
        run(
            inOrigin("mkdir out; printf abc > out/x.txt; ln -s x.txt out/link.txt")
                .writes("out/**")
                .delivers("out/*.txt"));

    assertThat(report.artifacts())
        .singleElement()
        .satisfies(made -> {
          assertThat(made.name()).isEqualTo("out/x.txt");
          assertThat(made.bytes()).isEqualTo(3);
          assertThat(made.sha256())
              .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        });
  }

  @Test
  void whatIsWrittenUndeclaredIsAskedForAndShown() {
    Heard heard =
        begin(inOrigin("echo x > src/a.txt; echo y > other.txt").writes("src/**"), new Heard());

    WorkReport report = heard.report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.OK);
    assertThat(heard.asked)
        .containsExactly(new FileAccess(new FilePattern("other.txt"), FileMode.WRITE));
    assertThat(report.message()).contains("wrote beyond its declared files: other.txt");
  }

  @Test
  void driftIsSeenWhileTheCommandRuns() throws Exception {
    Heard heard = begin(inOrigin("echo y > other.txt; sleep 60").writes("src/**"), new Heard());

    awaitUntil(() -> !heard.asked.isEmpty() && !heard.progress.isEmpty());

    assertThat(heard.progress.element().files()).containsExactly("other.txt");
    assertThat(heard.report).isNotDone();
  }

  @Test
  void aWarningReachesTheCommandWhileItRunsAndItsLog() throws Exception {
    Heard heard = new Heard();
    String script = "until grep -q lint \"$MAKESPAN_WARNINGS\"; do sleep 0.1; done";
    Runner.Work work =
        runner.start(Tasks.ref(++fence), 1, Tasks.script(script).spec(), TaskContext.NONE, heard);
    heard.awaitStart();

    work.warn("task lint writes other.txt, too");

    assertThat(heard.report().outcome()).isEqualTo(Outcome.OK);
    assertThat(heard.said.text()).contains("makespan: warning: task lint writes other.txt, too");
  }

  @Test
  void workThatTouchesWhatAnotherHasDoesNotCount() {
    WorkReport refused = begin(inOrigin("echo y > other.txt"), new Heard(Ruling.REFUSED)).report();
    WorkReport unanswered =
        begin(inOrigin("echo y > other.txt"), new Heard(Ruling.QUEUED)).report();

    assertThat(refused.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(refused.message()).contains("other.txt (task lint has it)");
    assertThat(unanswered.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(unanswered.message()).contains("nobody has granted it in time");
  }

  @Test
  void aFileThatIsOnlyReadIsNotDeclaredForWriting() {
    Heard heard = begin(inOrigin("echo y > src/a.txt").files(FileMode.READ, "src/**"), new Heard());

    heard.report();

    assertThat(heard.asked).hasSize(1);
  }

  @Test
  void gatesAreTriedInTheWorkspaceAndReported() {
    WorkReport report =
        run(
            inOrigin("echo x > src/a.txt")
                .writes("src/**")
                .gate("run: grep -q x src/a.txt")
                .gate("run: echo no such luck; exit 2")
                .gate("file: src/a.txt")
                .gate("file: src/none.txt"));

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.gates())
        .extracting(GateReport::green)
        .containsExactly(true, false, true, false);
    assertThat(report.gates().get(1).report()).contains("exit code 2", "no such luck");
  }

  @Test
  void aSecretIsAFileForTheCommandAndMaskedInWhatItSays() throws IOException {
    Files.createDirectories(temp.resolve("secrets"));
    Files.writeString(temp.resolve("secrets/token"), "hush-hush-1");

    WorkReport report =
        run(
            Tasks.script(
                    """
                    cat "$MAKESPAN_SECRETS/token"; echo
                    echo "output leak=$(cat "$MAKESPAN_SECRETS/token")" > "$MAKESPAN_OUTPUT"
                    exit 1
                    """)
                .secret("token"));

    assertThat(report.message()).contains("last it said: ***").doesNotContain("hush");
    assertThat(report.outputs()).containsEntry("leak", "***");
  }

  @Test
  void whatCommandsAndGatesSayIsToldAsTheLogWithoutSecrets() throws IOException {
    Files.createDirectories(temp.resolve("secrets"));
    Files.writeString(temp.resolve("secrets/token"), "hush-hush-1");

    Heard heard =
        begin(
            Tasks.script("echo begun; cat \"$MAKESPAN_SECRETS/token\"; echo; echo wrong >&2")
                .secret("token")
                .gate("run: echo tried"),
            new Heard());

    assertThat(heard.report().outcome()).isEqualTo(Outcome.OK);
    assertThat(heard.said.text()).isEqualTo("begun\n***\nwrong\ntried\n");
    assertThat(heard.said.isFinished()).isTrue();
  }

  @Test
  void deliverablesAreKeptElsewhereBeforeTheEndIsTold() {
    Heard heard =
        begin(Tasks.script("mkdir out; echo x > out/x.txt").delivers("out/*.txt"), new Heard());

    assertThat(heard.report().outcome()).as(heard.report().message()).isEqualTo(Outcome.OK);
    assertThat(heard.kept).containsExactly("out/x.txt=x\n");
  }

  @Test
  void whatCannotBeKeptElsewhereFailsTheAttempt() {
    Heard heard =
        begin(
            Tasks.script("echo x > x.txt").delivers("x.txt"),
            new Heard().keepsNothing("disk full"));

    assertThat(heard.report().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(heard.report().message()).contains("can't be kept: x.txt (disk full)");
  }

  @Test
  void aSecretThatTheAgentDoesNotHaveIsNamed() {
    WorkReport report = run(Tasks.script("true").secret("../etc/passwd"));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.message()).isEqualTo("this agent does not have the secret ../etc/passwd");
  }

  @Test
  void aRepositoryThatIsNotThereFailsForGood() {
    WorkReport report = run(Tasks.script("true").in("nowhere", 1));

    assertThat(report.outcome()).isEqualTo(Outcome.FATAL);
    assertThat(report.message()).contains("nowhere", "is not there on this machine");
  }

  @Test
  void muchOutputNeitherFillsMemoryNorStopsTheCommand() {
    WorkReport report =
        run(Tasks.script("head -c 300000000 /dev/zero | tr '\\0' 'x'; echo; echo end; exit 1"));

    assertThat(report.message()).contains("end", "of 300000005 bytes of output", "were dropped");
  }

  @Test
  void aPromptIsForOthers() throws IOException {
    Tasks prompt = Tasks.of(new Work.Prompt("Do it"));

    assertThat(runner.refusal(prompt.spec())).contains("--runner prompt=COMMAND");
    assertThat(runner.refusal(Tasks.script("x").spec())).isEmpty();
    assertThat(runner.refusal(Tasks.of(new Work.AgentsDefault()).spec())).isNotEmpty();
  }

  @Test
  void aPromptIsOnStandardInputAndInAFile() throws IOException {
    runner.close();
    runner =
        CommandRunner.prompt(
            "cat > answer.md; cmp answer.md \"$MAKESPAN_PROMPT_FILE\"",
            settings(),
            new SimulateRunner(1));

    WorkReport report =
        run(
            Tasks.of(new Work.Prompt("Write the answer."))
                .in("origin", 1)
                .writes("answer.md")
                .context("README.md")
                .context("Be brief.")
                .after("exit code 1"));

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.OK);
    assertThat(origin.show("makespan/1/build/1", "answer.md"))
        .contains("Write the answer.", "> read me", "> Be brief.", "> exit code 1", "answer.md");
  }
}
