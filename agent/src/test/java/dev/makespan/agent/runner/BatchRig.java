package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.agent.SimulateRunner;
import dev.makespan.agent.WorkReport;
import dev.makespan.agent.workspace.TestRepository;
import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.AttemptWorkspace;
import dev.makespan.core.session.BatchSpec;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.session.TaskSurroundings;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository, branches of accepted work in it, and a runner that merges them with git. */
abstract class BatchRig {

  static final String PUBLISHED = "makespan/1/integration";

  @TempDir Path temp;
  TestRepository origin;
  CommandRunner runner;
  final List<BatchSpec.Member> members = new ArrayList<>();
  String base = "main";
  String head = "";
  boolean publish;
  String verify = "";
  String regenerate = "";
  final List<BatchSpec.Wiring> wirings = new ArrayList<>();
  long fence = 100;

  @BeforeEach
  void make() throws IOException {
    origin = TestRepository.make(temp.resolve("origin"));
    runner =
        CommandRunner.shell(
            new RunnerSettings(
                temp.resolve("work"),
                temp,
                Map.of("PATH", System.getenv("PATH")),
                Set.of(),
                new AgentSecrets(null, Set.of(), Map.of()),
                Duration.ofMillis(500)),
            new SimulateRunner(1));
  }

  @AfterEach
  void close() {
    runner.close();
  }

  /** A branch off main with one file changed, as an attempt leaves it. */
  void accepted(String task, String path, String text) throws IOException {
    String branch = "makespan/1/" + task + "/7";
    origin.git("checkout", "--quiet", "-b", branch, "main");
    origin.write(path, text);
    String commit = origin.commit("work of " + task);
    origin.git("checkout", "--quiet", "main");
    members.add(
        new BatchSpec.Member(
            new BatchMember(new TaskId(task), 7), "The work of " + task, branch, commit));
  }

  Heard begin() {
    fence++;
    BatchSpec batch = new BatchSpec(members, head, PUBLISHED, publish, wirings, regenerate, verify);
    AttemptWorkspace workspace =
        new AttemptWorkspace(
            "origin",
            base,
            branch(),
            List.of(new FilePattern("CHANGES")),
            List.of(new FilePattern("made.txt")));
    TaskSpec spec =
        new TaskSpec(
            "Integration",
            Integration.ROLE,
            Duration.ofMinutes(1),
            1,
            false,
            new Work.AgentsDefault(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "",
            new TaskSurroundings(
                workspace, List.of(), List.of(), List.of(), List.of(), List.of(), batch));
    Heard heard = new Heard();
    assertThat(runner.refusal(spec)).isEmpty();
    runner.start(
        new TaskRef(new RunId(1), Integration.TASK, fence), 1, spec, TaskContext.NONE, heard);
    return heard;
  }

  String branch() {
    return "makespan/1/makespan-integration/" + fence;
  }

  BatchReport merged() {
    WorkReport report = begin().report();
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.OK);
    return Objects.requireNonNull(report.batch());
  }

  static List<String> kinds(BatchReport report) {
    return report.members().stream()
        .map(outcome -> outcome.member().task() + " " + outcome.kind())
        .toList();
  }

  static MemberOutcome of(BatchReport report, String task) {
    return report.members().stream()
        .filter(outcome -> outcome.member().task().value().equals(task))
        .findFirst()
        .orElseThrow();
  }
}
