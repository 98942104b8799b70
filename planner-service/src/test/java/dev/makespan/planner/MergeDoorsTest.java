package dev.makespan.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomeMerges;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.run.v1.ChangeMergesRequest;
import dev.makespan.proto.run.v1.DropMerge;
import dev.makespan.proto.run.v1.GetRunReportRequest;
import dev.makespan.proto.run.v1.GetRunRequest;
import dev.makespan.proto.run.v1.HoldMerges;
import dev.makespan.proto.run.v1.ReleaseMerges;
import dev.makespan.proto.run.v1.ReorderMerges;
import dev.makespan.proto.run.v1.ReportCheck;
import dev.makespan.proto.run.v1.RetryMerges;
import dev.makespan.proto.run.v1.RunReport;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.RunServiceGrpc.RunServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The merge queue through the planner's doors, with a scheduler that says what it was asked. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
@SuppressWarnings("NullAway.Init")
class MergeDoorsTest {

  private ManagedChannel channel;
  private RunServiceBlockingStub runs;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress("localhost", RestAssured.port).usePlaintext().build();
    runs = RunServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  /** A live run with a workspace. */
  private static int start(String plan) {
    String text =
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: %s, title: Merging}
        spec:
          workspace: {repository: /srv/app, base: main, verify: make test}
          tasks:
            - {id: a, title: First, duration: 1h}
        """
            .formatted(plan);
    given()
        .contentType("application/yaml")
        .queryParam("acceptWarnings", true)
        .body(text.getBytes(StandardCharsets.UTF_8))
        .post("/api/v1/plans")
        .then()
        .statusCode(201);
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", plan)
        .body("{\"plan\": \"" + plan + "\"}")
        .post("/api/v1/runs")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static ValidatableResponse post(int id, String path) {
    return given().urlEncodingEnabled(false).post("/api/v1/runs/" + id + path).then();
  }

  private String said(ChangeMergesRequest.Builder request) {
    return runs.changeMerges(request.setBy("ann").build()).getRun().getReason();
  }

  private static ChangeMergesRequest.Builder of(int run) {
    return ChangeMergesRequest.newBuilder().setRunId(run);
  }

  @Test
  void theQueueComesThroughAsTheSchedulerSaidIt() {
    int id = start("lasting-merging");

    assertThat(runs.getRun(GetRunRequest.newBuilder().setRunId(id).build()).getRun().getMerges())
        .isEqualTo(SomeMerges.QUEUE);
    given()
        .get("/api/v1/runs/" + id)
        .then()
        .statusCode(200)
        .body("merges.branch", equalTo("makespan/1/integration"))
        .body("merges.waiting", contains("menu", "cart"))
        .body("merges.batch", contains("menu"))
        .body("merges.agent", equalTo("dev-1"))
        .body("merges.hold.reason", equalTo("lunch"))
        .body("merges.trouble", equalTo("the base is red"))
        .body("merges.wirings.progress", contains("wired", "by-people"))
        .body("merges.batches[0].members.verdict", contains("landed", "conflict", "red", "left"))
        .body("merges.batches[0].members[1].files", contains("src/Shop.java"))
        .body("merges.batches[0].wired[0].consumer", equalTo("receipt"))
        .body("merges.batches[0].remade", contains("parts.txt"));
  }

  @Test
  void itIsChangedInEveryWayOverRest() {
    int id = start("lasting-merges-rest");

    post(id, "/merges:hold?reason=lunch&by=ann").body("reason", equalTo("hold lunch by ann"));
    post(id, "/merges:release?by=ann").body("reason", equalTo("release by ann"));
    post(id, "/merges:reorder?first=b&first=a&by=ann")
        .body("reason", equalTo("first [b, a] by ann"));
    post(id, "/merges:reorder?by=ann").body("reason", equalTo("first [] by ann"));
    post(id, "/tasks/a:drop?note=again&by=ann").body("reason", equalTo("drop a again by ann"));
    post(id, "/merges:retry?reason=mended&by=ann").body("reason", equalTo("retry mended by ann"));
  }

  @Test
  void itIsChangedInEveryWayOverGrpc() {
    int id = start("lasting-merges-grpc");

    assertThat(said(of(id).setHold(HoldMerges.newBuilder().setReason("lunch"))))
        .isEqualTo("hold lunch by ann");
    assertThat(said(of(id).setRelease(ReleaseMerges.getDefaultInstance())))
        .isEqualTo("release by ann");
    assertThat(said(of(id).setReorder(ReorderMerges.newBuilder().addFirst("b").addFirst("a"))))
        .isEqualTo("first [b, a] by ann");
    assertThat(said(of(id).setDrop(DropMerge.newBuilder().setTask("a").setNote("again"))))
        .isEqualTo("drop a again by ann");
    assertThat(said(of(id).setRetry(RetryMerges.newBuilder().setReason("mended"))))
        .isEqualTo("retry mended by ann");
  }

  @Test
  void whatIsWrongWithAChangeIsSaidBeforeTheSchedulerHearsOfIt() {
    post(0, "/merges:reorder?first=a%00&by=a%00")
        .statusCode(400)
        .body("problems.field", contains("run_id", "reorder.first", "by"));
    StatusRuntimeException nothing =
        catchThrowableOfType(StatusRuntimeException.class, () -> runs.changeMerges(of(1).build()));

    assertThat(nothing.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(nothing.getStatus().getDescription())
        .contains("expected hold, release, reorder, drop or retry");
  }

  @Test
  void theQueueOfARunThatHasEndedIsNotChanged() {
    int id = start("merges-ended");

    post(id, "/merges:hold?reason=late").statusCode(409);
  }

  @Test
  void theReportHoldsTheChecklistsOverBothDoors() {
    int id = start("lasting-merges-report");

    RunReport report =
        runs.getRunReport(GetRunReportRequest.newBuilder().setRunId(id).build()).getReport();

    assertThat(report.getBeforeIntegrationList())
        .extracting(ReportCheck::getWhat)
        .contains("work is accepted", "gates are green", "nothing conflicts", "stubs are wired");
    given()
        .get("/api/v1/runs/" + id + "/report")
        .then()
        .statusCode(200)
        .body("beforeIntegration.find { it.what == 'stubs are wired' }.standing", equalTo("people"))
        .body("afterIntegration[0].what", equalTo("what has landed is verified"))
        .body("afterIntegration[0].standing", equalTo("ok"));
  }
}
