package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.makespan.proto.plan.v1.GetPlanRequest;
import dev.makespan.proto.plan.v1.GetPlanResponse;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanSource;
import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.AttemptOutcome;
import dev.makespan.proto.run.v1.AttemptTraces;
import dev.makespan.proto.run.v1.GetRunRequest;
import dev.makespan.proto.run.v1.GetRunResponse;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.TaskRun;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnCommandTest {

  private static final String PLAN =
      """
      apiVersion: makespan.dev/v1
      kind: Plan
      metadata: {name: small}
      spec:
        tasks:
          # The first one.
          - id: a
            duration: 1m
            writes:
              - src/a.rs # ours
              - docs/**
          - {id: b, duration: 1m, reads: [src/a.rs]}
      """;

  @TempDir Path folder;
  private Path plan = Path.of("plan.yaml");
  private Server server = serving(0, new Planner(Run.getDefaultInstance()));

  private record Answer(int code, String out, String err) {}

  private static Server serving(int port, Planner planner) {
    return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
        .addService(planner)
        .addService(planner.plans())
        .build();
  }

  @BeforeEach
  void start() throws IOException {
    plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
    Run run =
        Run.newBuilder()
            .setId(5)
            .setPlanName("small")
            .setPlanVersion(2)
            .addTasks(task("a", "src/a.rs", "src/mod.rs"))
            .addTasks(task("b", "src/a.rs"))
            .build();
    serve(run);
  }

  private void serve(Run run) throws IOException {
    server.shutdownNow();
    server = serving(0, new Planner(run)).start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  private static TaskRun task(String id, String... files) {
    return TaskRun.newBuilder()
        .setTask(id)
        .addAttempts(
            Attempt.newBuilder()
                .setNumber(1)
                .setAgent("ann")
                .setOutcome(AttemptOutcome.ATTEMPT_OUTCOME_DONE)
                .setTraces(AttemptTraces.newBuilder().addAllFiles(List.of(files))))
        .build();
  }

  private Answer learn(String... words) {
    List<String> line = new ArrayList<>(List.of("learn"));
    line.addAll(List.of(words));
    line.addAll(List.of("--planner", "localhost:" + server.getPort()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Makespan.run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  @Test
  void whatARunTouchedIsProposedWithWhatItRestsOnAndNothingIsWritten() throws IOException {
    Answer answer = learn("5", plan.toString());

    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out().lines())
        .containsExactly(
            "run 5 of small version 2: 3 changes of the files that its tasks declare, 2 certain",
            "  +  a: also writes src/mod.rs                     attempt 1 by ann changed it",
            "  -? a: no longer writes docs/**                   the task is done and its"
                + " attempt changed nothing there",
            "  ~  b: writes src/a.rs; no longer reads src/a.rs  attempt 1 by ann changed it",
            "nothing is written; 'makespan learn 5 FILE --write' writes what is certain");
    assertThat(Files.readString(plan)).isEqualTo(PLAN);
  }

  @Test
  void withoutAFileTheVersionThatTheRunHadIsLookedAt() {
    assertThat(learn("5").out()).contains("+  a: also writes src/mod.rs");
  }

  @Test
  void whatIsCertainIsWrittenAndCommentsAreKept() throws IOException {
    Answer answer = learn("5", plan.toString(), "--write");

    assertThat(answer.out()).endsWith("plan.yaml: written; 2 changes\n");
    assertThat(Files.readString(plan))
        .contains("# The first one.", "src/a.rs # ours", "- docs/**", "- src/mod.rs")
        .contains("writes: [src/a.rs]");
    assertThat(learn("5", plan.toString()).out()).contains("1 change of", "0 certain");
  }

  @Test
  void whatIsUncertainIsWrittenWhenSomebodyWantsIt() throws IOException {
    learn("5", plan.toString(), "--write", "--uncertain");

    assertThat(Files.readString(plan)).doesNotContain("docs/**");
    assertThat(learn("5", plan.toString()).out())
        .isEqualTo("run 5 of small version 2: nothing to learn\n");
  }

  @Test
  void programsGetEachLessonAndWhetherItIsWritten() throws IOException {
    Answer answer = learn("5", plan.toString(), "--write", "--output", "json");

    JsonNode json = new ObjectMapper().readTree(answer.out());
    assertThat(json.get("written").asInt()).isEqualTo(2);
    assertThat(json.get("lessons")).hasSize(3);
    JsonNode removal = json.get("lessons").get(1);
    assertThat(removal.get("kind").asText()).isEqualTo("remove-access");
    assertThat(removal.get("certain").asBoolean()).isFalse();
    assertThat(removal.get("written").asBoolean()).isFalse();
  }

  @Test
  void whereNoAgentSaidWhatItChangedThatIsSaid() throws IOException {
    serve(Run.newBuilder().setId(5).setPlanName("small").addTasks(task("a")).build());

    assertThat(learn("5", plan.toString()).out())
        .contains("nothing to learn, since no agent said which files it changed");
  }

  @Test
  void whatTeachesNothingIsRefusedAndChangesNothing() throws IOException {
    assertRefused("there is no such file", "5", folder.resolve("no.yaml").toString());
    assertRefused("expected the plan's file behind the run's number", "5", "--write");
    assertRefused("--uncertain goes with --write only", "5", "--uncertain");
    assertRefused("expected the number of a run, was 'five'", "five");
    assertRefused("no such run", "6");
    serve(Run.newBuilder().setId(5).setPlanName("small").setSimulated(true).build());
    assertRefused("run 5 was simulated", "5", plan.toString(), "--write");
    serve(Run.newBuilder().setId(5).setPlanName("large").build());
    assertRefused(
        "expected plan 'large', of which run 5 is, was 'small'", "5", plan.toString(), "--write");
  }

  private void assertRefused(String message, String... words) throws IOException {
    Answer answer = learn(words);

    assertThat(answer.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(answer.err()).contains(message).doesNotContain("\tat ");
    assertThat(Files.readString(plan)).isEqualTo(PLAN);
  }

  /** Knows one run, and one plan. */
  private static final class Planner extends RunServiceGrpc.RunServiceImplBase {
    private final Run run;

    Planner(Run run) {
      this.run = run;
    }

    @Override
    public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> caller) {
      if (request.getRunId() != run.getId()) {
        caller.onError(Status.NOT_FOUND.withDescription("no such run").asRuntimeException());
        return;
      }
      caller.onNext(GetRunResponse.newBuilder().setRun(run).build());
      caller.onCompleted();
    }

    PlanServiceGrpc.PlanServiceImplBase plans() {
      return new PlanServiceGrpc.PlanServiceImplBase() {
        @Override
        public void getPlan(GetPlanRequest request, StreamObserver<GetPlanResponse> caller) {
          PlanSource source =
              PlanSource.newBuilder().setContent(ByteString.copyFromUtf8(PLAN)).build();
          caller.onNext(GetPlanResponse.newBuilder().setSource(source).build());
          caller.onCompleted();
        }
      };
    }
  }
}
