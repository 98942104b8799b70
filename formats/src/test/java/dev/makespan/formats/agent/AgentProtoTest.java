package dev.makespan.formats.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.plan.Artifact;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.AttemptWorkspace;
import dev.makespan.core.session.BatchSpec;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.session.TaskSurroundings;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.Progress;
import dev.makespan.proto.agent.v1.RaiseBlocker;
import dev.makespan.proto.agent.v1.RequestFiles;
import dev.makespan.proto.agent.v1.Result;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgentProtoTest {

  private static final TaskRef REF = new TaskRef(new RunId(7), new TaskId("build"), 1L << 33);

  static Stream<AgentSays> agentSays() {
    return Stream.of(
        new AgentSays.Hello(
            new SessionId("s-1"),
            new AgentId("a-1"),
            1,
            List.of(new Role("backend"), new Role("web")),
            Map.of("zone", "a"),
            2,
            List.of(REF),
            List.of(REF),
            "makespan-agent/0.1.0"),
        new AgentSays.Capacity(2),
        new AgentSays.Accept(REF),
        new AgentSays.Refuse(REF, "no disk"),
        new AgentSays.Started(REF),
        new AgentSays.Progress(
            REF, 100, "half way", "row 5", new Usage(7, 8, 0.25), List.of("src/a.rs")),
        new AgentSays.MilestoneReached(REF, new MilestoneId("schema")),
        new AgentSays.SlotFree(REF),
        new AgentSays.Result(
            REF,
            "r-1",
            AgentSays.Outcome.FATAL,
            "no compiler",
            Map.of("coverage", 81.5),
            List.of(new AgentSays.GateReport("run: make", false, "exit code 2")),
            List.of("src/a.rs"),
            "ab".repeat(20),
            List.of(new MadeArtifact("report", "0f".repeat(32), 9_999_999_999L)),
            new Usage(1, 2, 3.5),
            Map.of("address", "localhost:1"),
            new BatchReport(
                "ab".repeat(20),
                "",
                List.of(
                    new MemberOutcome(
                        new BatchMember(new TaskId("schema"), 7),
                        MemberOutcome.Kind.CONFLICT,
                        "both changed it",
                        List.of("src/a.rs"))),
                3,
                "2 tests pass",
                List.of(new Wired(new TaskId("store"), new TaskId("schema"))),
                List.of("gen/schema.rs"))),
        new AgentSays.RaiseBlocker(REF, "b-1", "Which key?", true),
        new AgentSays.RequestFiles(
            REF,
            "f-1",
            List.of(
                new FileAccess(new FilePattern("src/b.rs"), FileMode.READ),
                new FileAccess(new FilePattern("src/c.rs"), FileMode.WRITE)),
            "it imports them"),
        new AgentSays.Status(List.of(REF), 0),
        new AgentSays.Cancelled(REF, "TERM"),
        new AgentSays.Draining("SIGTERM"));
  }

  static Stream<GatewaySays> gatewaySays() {
    return Stream.of(
        new GatewaySays.Welcome(
            List.of(new GatewaySays.HeldDecision(REF, true)),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMillis(5_500)),
        new GatewaySays.Assign(REF, 2, Duration.ofSeconds(30), null, spec()),
        new GatewaySays.Assign(
            REF, 2, Duration.ofSeconds(30), Duration.ofHours(1), spec(), context()),
        new GatewaySays.LeaseRenewed(REF, Duration.ofSeconds(30)),
        new GatewaySays.LeaseLost(REF),
        new GatewaySays.Cancel(REF, Duration.ofSeconds(10), "as asked"),
        new GatewaySays.Retract(REF),
        new GatewaySays.ResultAck(REF, "r-1", GatewaySays.Verdict.SUPERSEDED, "too late"),
        new GatewaySays.GoAway("new version"),
        new GatewaySays.Answer(REF, "b-1", GatewaySays.Ruling.QUEUED, "behind lint"),
        new GatewaySays.Warning(REF, "task b writes x, too"),
        new GatewaySays.Pause("asked"),
        new GatewaySays.Resume(),
        new GatewaySays.Nack("what?"));
  }

  private static TaskContext context() {
    return new TaskContext(
        "release",
        "The release",
        "row 5",
        List.of(
            new TaskContext.Predecessor(
                new TaskId("schema"), "The schema", Map.of("tables", 3.0), Map.of("dsn", "x"))),
        2,
        List.of(new AcceptedWork(new TaskId("schema"), "makespan/1/schema/7", "ab".repeat(20))));
  }

  private static TaskSpec spec() {
    return new TaskSpec(
        "Build it",
        new Role("backend"),
        Duration.ofMinutes(90),
        3600,
        true,
        new Work.Command(List.of("make", "all")),
        Map.of("LANG", "C"),
        List.of(
            new FileAccess(new FilePattern("docs/**"), FileMode.READ),
            new FileAccess(new FilePattern("src/a.rs"), FileMode.WRITE),
            new FileAccess(new FilePattern("CHANGELOG"), FileMode.APPEND),
            new FileAccess(new FilePattern("api.json"), FileMode.REGENERATE)),
        List.of(new Milestone(new MilestoneId("schema"), "schema", Duration.ofMinutes(10))),
        List.of(new Gate.Metric("coverage", 80.0, null)),
        List.of("run: make check"),
        List.of(new TaskSpec.AssignedRange("migrations", 10, 19)),
        "exit code 1",
        new TaskSurroundings(
            new AttemptWorkspace(
                "https://example.org/a.git",
                "main",
                "makespan/1/a/7",
                List.of(new FilePattern("CHANGELOG")),
                List.of(new FilePattern("api.json"))),
            List.of("docs/a.md"),
            List.of("token"),
            List.of("address"),
            List.of(new FilePattern("out/*.txt")),
            List.of(new Artifact("log", "out.log", 5)),
            new BatchSpec(
                List.of(
                    new BatchSpec.Member(
                        new BatchMember(new TaskId("schema"), 7),
                        "The schema",
                        "makespan/1/schema/7",
                        "ab".repeat(20))),
                "cd".repeat(20),
                "makespan/1/integration",
                true,
                List.of(
                    new BatchSpec.Wiring(
                        new TaskId("store"), new TaskId("schema"), "a call", "make wire")),
                "make gen",
                "make test")));
  }

  @ParameterizedTest
  @MethodSource("agentSays")
  void whatAnAgentSaysComesBackAsItWas(AgentSays said) {
    ConnectRequest message = AgentProto.toProto(said);

    assertThat(AgentProto.parse(message)).isEqualTo(new Parsed.Valid<>(said));
  }

  @ParameterizedTest
  @MethodSource("gatewaySays")
  void whatAGatewaySaysComesBackAsItWas(GatewaySays said) {
    ConnectResponse message = AgentProto.toProto(said);

    assertThat(AgentProto.parse(message)).isEqualTo(new Parsed.Valid<>(said));
  }

  @Test
  void everyMessageIsTried() {
    assertThat(agentSays().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(AgentSays.class.getPermittedSubclasses()));
    assertThat(gatewaySays().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(Set.of(GatewaySays.class.getPermittedSubclasses()));
  }

  static Stream<ConnectRequest> malformed() {
    var ref = AgentProto.toProto(new AgentSays.Accept(REF)).getAccept().getTask();
    Result result = AgentProto.toProto(agentSays().toList().get(8)).getResult().toBuilder().build();
    Hello hello = AgentProto.toProto(agentSays().toList().getFirst()).getHello();
    return Stream.of(
        ConnectRequest.getDefaultInstance(),
        request(hello.toBuilder().setSessionId("")),
        request(hello.toBuilder().setSessionId("x".repeat(65))),
        request(hello.toBuilder().setAgentId("a b")),
        request(hello.toBuilder().setSlots(0)),
        request(hello.toBuilder().setSlots(1_001)),
        request(hello.toBuilder().addRoles("Back End")),
        request(hello.toBuilder().addHeld(ref)),
        request(hello.toBuilder().putLabels("", "x")),
        request(hello.toBuilder().putLabels("x", "\0")),
        request(hello.toBuilder().setSoftware("x".repeat(257))),
        request(result.toBuilder().setOutcomeValue(999)),
        request(result.toBuilder().clearOutcome()),
        request(result.toBuilder().setResultId("")),
        request(result.toBuilder().putOutputs("", "x")),
        request(result.toBuilder().putOutputs("o", "x".repeat(4_097))),
        request(result.toBuilder().putMetrics("m", Double.NaN)),
        request(result.toBuilder().putMetrics("m", Double.POSITIVE_INFINITY)),
        request(result.toBuilder().setMessage("x".repeat(1_000_000))),
        request(result.toBuilder().setTask(ref.toBuilder().setFence(0))),
        request(result.toBuilder().setTask(ref.toBuilder().setRunId(-1))),
        request(result.toBuilder().setTask(ref.toBuilder().setTask("../x"))),
        request(Progress.newBuilder().setTask(ref).setPercent(101)),
        request(Progress.newBuilder().setTask(ref).setPercent(-1)),
        request(Progress.newBuilder().setTask(ref).setCheckpoint("x".repeat(65_537))),
        request(Progress.newBuilder().setTask(ref).setUsage(usage(-1, 0))),
        request(Progress.newBuilder().setTask(ref).setUsage(usage(0, Double.NaN))),
        request(result.toBuilder().setCommit("main")),
        request(result.toBuilder().setCommit("x".repeat(1_000_000))),
        request(result.toBuilder().addArtifacts(artifact("X".repeat(64), 1))),
        request(result.toBuilder().addArtifacts(artifact("a".repeat(1_000_000), 1))),
        request(result.toBuilder().addArtifacts(artifact("a".repeat(64), -1))),
        request(RaiseBlocker.newBuilder().setTask(ref)),
        request(RaiseBlocker.newBuilder().setTask(ref).setBlockerId("b").setQuestion("\0")),
        request(RequestFiles.newBuilder().setTask(ref).setRequestId("f")),
        request(RequestFiles.newBuilder().setTask(ref).setRequestId("f").addWrites("../etc")),
        request(RequestFiles.newBuilder().setTask(ref).setRequestId("f").addWrites("/etc")),
        request(
            RequestFiles.newBuilder()
                .setTask(ref)
                .setRequestId("f")
                .addAllReads(Collections.nCopies(101, "src/a.rs"))));
  }

  private static dev.makespan.proto.agent.v1.MadeArtifact.Builder artifact(
      String sha256, long bytes) {
    return dev.makespan.proto.agent.v1.MadeArtifact.newBuilder()
        .setName("report")
        .setSha256(sha256)
        .setBytes(bytes);
  }

  private static dev.makespan.proto.agent.v1.Usage usage(long tokens, double cost) {
    return dev.makespan.proto.agent.v1.Usage.newBuilder()
        .setInputTokens(tokens)
        .setCost(cost)
        .build();
  }

  private static ConnectRequest request(RaiseBlocker.Builder blocker) {
    return ConnectRequest.newBuilder().setRaiseBlocker(blocker).build();
  }

  private static ConnectRequest request(RequestFiles.Builder request) {
    return ConnectRequest.newBuilder().setRequestFiles(request).build();
  }

  private static ConnectRequest request(Hello.Builder hello) {
    return ConnectRequest.newBuilder().setHello(hello).build();
  }

  private static ConnectRequest request(Result.Builder result) {
    return ConnectRequest.newBuilder().setResult(result).build();
  }

  private static ConnectRequest request(Progress.Builder progress) {
    return ConnectRequest.newBuilder().setProgress(progress).build();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsMalformedIsAValueThatSaysWhatWasExpected(ConnectRequest message) {
    Parsed<AgentSays> parsed = AgentProto.parse(message);

    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
    assertThat(((Parsed.Invalid<AgentSays>) parsed).problem())
        .contains("expected")
        .hasSizeLessThan(600);
  }

  @Test
  void anAssignmentWithoutASpecIsNotOne() {
    ConnectResponse message =
        AgentProto.toProto(new GatewaySays.Assign(REF, 1, Duration.ofSeconds(30), null, spec()));

    Parsed<GatewaySays> parsed =
        AgentProto.parse(
            message.toBuilder().setAssign(message.getAssign().toBuilder().clearSpec()).build());

    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
  }
}
