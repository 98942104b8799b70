package dev.makespan.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.google.protobuf.Duration;
import dev.makespan.planner.testing.GatewayResource;
import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.run.v1.DownloadArtifactRequest;
import dev.makespan.proto.run.v1.DownloadArtifactResponse;
import dev.makespan.proto.run.v1.LinkArtifactRequest;
import dev.makespan.proto.run.v1.LinkArtifactResponse;
import dev.makespan.proto.run.v1.ListArtifactsRequest;
import dev.makespan.proto.run.v1.ReadLogsRequest;
import dev.makespan.proto.run.v1.ReadLogsResponse;
import dev.makespan.proto.run.v1.RecordServiceGrpc;
import dev.makespan.proto.run.v1.RecordServiceGrpc.RecordServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs and artifacts over the clients' doors, REST and gRPC. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
@QuarkusTestResource(GatewayResource.class)
@SuppressWarnings("NullAway.Init")
class RecordDoorsTest {

  private ManagedChannel channel;
  private RecordServiceBlockingStub records;
  private int run;

  @BeforeEach
  void startARun() {
    channel = NettyChannelBuilder.forAddress("localhost", RestAssured.port).usePlaintext().build();
    records = RecordServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    RestAssured.urlEncodingEnabled = false;
    given()
        .contentType("application/yaml")
        .queryParam("acceptWarnings", true)
        .header("Idempotency-Key", "records-plan")
        .body(SomePlans.bytes(plan()))
        .post("/api/v1/plans")
        .then()
        .statusCode(201);
    run =
        given()
            .contentType("application/json")
            .header("Idempotency-Key", "records-run")
            .body("{\"plan\": \"records\"}")
            .post("/api/v1/runs")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
  }

  private static String plan() {
    StringBuilder plan =
        new StringBuilder("apiVersion: makespan.dev/v1\nkind: Plan\nmetadata: {name: records}\n")
            .append("spec:\n  tasks:\n");
    for (String task : List.of("a", "away", "broken", "growing", "silent")) {
      plan.append("    - {id: ").append(task).append(", title: T, duration: 1h}\n");
    }
    return plan.toString();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  private String path(String task, String rest) {
    return "/api/v1/runs/" + run + "/tasks/" + task + rest;
  }

  private static Status status(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
  }

  private ReadLogsRequest.Builder log(String task) {
    return ReadLogsRequest.newBuilder().setRunId(run).setTask(task);
  }

  @Test
  void aLogOverRestIsTextWithALineWhereSomethingIsMissing() {
    given()
        .get(path("a", "/logs"))
        .then()
        .statusCode(200)
        .contentType(containsString("text/plain"))
        .header("Makespan-Attempt", "1")
        .header("X-Content-Type-Options", "nosniff")
        .body(equalTo("one\n\n… 100 bytes were dropped here …\n<b>two</b>\n"));
    given()
        .get(path("a", "/logs?after=1&attempt=1"))
        .then()
        .statusCode(200)
        .body(equalTo("<b>two</b>\n"));
  }

  @Test
  void aLogIsFollowedToItsLastPieceAndThatOfAnAttemptThatHasEndedToItsEnd() {
    given()
        .get(path("growing", "/logs?follow=true"))
        .then()
        .statusCode(200)
        .body(equalTo("moremoremore"));
    given().get(path("silent", "/logs?follow=true")).then().statusCode(200).body(equalTo(""));
  }

  @Test
  void whatIsNotThereIsAProblemOverRest() {
    given()
        .get(path("nobody", "/logs"))
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("reason", equalTo("TASK_NOT_FOUND"));
    given()
        .get(path("a", "/logs?attempt=2"))
        .then()
        .statusCode(404)
        .body("reason", equalTo("ATTEMPT_NOT_FOUND"));
    given().get(path("a", "/logs?attempt=-1")).then().statusCode(400);
    given()
        .get(path("a", "/artifacts/other"))
        .then()
        .statusCode(404)
        .body("reason", equalTo("ARTIFACT_NOT_FOUND"));
    given()
        .get(path("away", "/artifacts"))
        .then()
        .statusCode(503)
        .body("detail", containsString("the store is away"));
  }

  @Test
  void artifactsAreListedAndFetchedOverRestAsDataAndNothingElse() {
    given()
        .get(path("a", "/artifacts"))
        .then()
        .statusCode(200)
        .body("artifacts", hasSize(3))
        .body("artifacts[0].name", equalTo("dist/app.js"))
        .body("artifacts[0].bytes", equalTo(10))
        .body("artifacts[0].attempt", equalTo(1));
    given()
        .get(path("a", "/artifacts/dist/app.js"))
        .then()
        .statusCode(200)
        .contentType("application/octet-stream")
        .header("Content-Length", "10")
        .header("Content-Disposition", "attachment")
        .header("X-Content-Type-Options", "nosniff")
        .header("ETag", equalTo("\"" + "0123456789".repeat(6) + "abcd\""))
        .body(equalTo("0123456789"));
  }

  @Test
  void aLinkIsGivenOverRestWithItsEndAndIsNotToBeCached() {
    given()
        .get(path("a", "/artifact-links/dist/app.js?lifetimeSeconds=60"))
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("url", equalTo("https://store.example/dist/app.js?for=60"))
        .body("expireTime", equalTo("2027-01-15T08:01:00Z"))
        .body("artifact.attempt", equalTo(1));
    given()
        .get(path("a", "/artifact-links/dist/app.js?lifetimeSeconds=3601"))
        .then()
        .statusCode(400)
        .body("detail", containsString("too long"));
    given().get(path("a", "/artifact-links/x?lifetimeSeconds=-1")).then().statusCode(400);
    given()
        .get(path("away", "/artifact-links/dist/app.js"))
        .then()
        .statusCode(409)
        .body("reason", equalTo("NO_LINKS"));
  }

  @Test
  void aLinkIsGivenOverGrpc() {
    LinkArtifactRequest.Builder wish =
        LinkArtifactRequest.newBuilder().setRunId(run).setName("dist/app.js");

    LinkArtifactResponse link = records.linkArtifact(wish.setTask("a").build());

    assertThat(link.getUrl()).isEqualTo("https://store.example/dist/app.js?for=0");
    assertThat(link.getArtifact().getBytes()).isEqualTo(10);
    assertThat(status(() -> records.linkArtifact(wish.setTask("away").build())).getCode())
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(
            status(() ->
                    records.linkArtifact(
                        wish.setTask("a")
                            .setLifetime(Duration.newBuilder().setSeconds(Long.MAX_VALUE))
                            .build()))
                .getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void anArtifactThatBreaksOffOverRestIsNotTakenForWhole() {
    assertThatThrownBy(() -> fetch(path("a", "/artifacts/torn"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> fetch(path("a", "/artifacts/small"))).isInstanceOf(IOException.class);
  }

  @Test
  void aLogOfWhichNothingWasSaidYetIsAProblem() {
    given()
        .get(path("away", "/logs"))
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("reason", equalTo("GATEWAY_UNREACHABLE"))
        .body("detail", containsString("the store is away"));
  }

  @Test
  void aLogThatBreaksOffOverRestIsNotTakenForWhole() {
    assertThatThrownBy(() -> fetch(path("broken", "/logs"))).isInstanceOf(IOException.class);
  }

  private static String fetch(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://localhost:" + RestAssured.port).resolve(path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address).version(HttpClient.Version.HTTP_1_1).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  void aLogOverGrpcHasItsPiecesWithAttemptAndOffset() {
    List<ReadLogsResponse> pieces = new ArrayList<>();

    records.readLogs(log("a").setAfterSequence(1).build()).forEachRemaining(pieces::add);

    assertThat(pieces).extracting(ReadLogsResponse::getSequence).containsExactly(2L, 3L);
    assertThat(pieces.getFirst().getOffset()).isEqualTo(104);
    assertThat(pieces.getFirst().getAttempt()).isEqualTo(1);
    assertThat(pieces.getLast().getLast()).isTrue();
  }

  @Test
  void refusalsOverGrpcHaveTheirCodes() {
    assertThat(status(() -> records.readLogs(log("nobody").build()).hasNext()).getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status(() -> records.readLogs(log("").build()).hasNext()).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status(() -> records.readLogs(log("away").build()).hasNext()).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(
            status(() ->
                    records.listArtifacts(
                        ListArtifactsRequest.newBuilder().setRunId(run).setTask("away").build()))
                .getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  void anArtifactOverGrpcComesAfterWhatItIsAndBreaksOffWithItsReason() {
    DownloadArtifactRequest.Builder wish =
        DownloadArtifactRequest.newBuilder().setRunId(run).setTask("a");
    List<DownloadArtifactResponse> whole = new ArrayList<>();

    records.downloadArtifact(wish.setName("dist/app.js").build()).forEachRemaining(whole::add);
    Iterator<DownloadArtifactResponse> torn =
        records.downloadArtifact(wish.setName("torn").build());

    assertThat(whole).hasSize(2);
    assertThat(whole.getFirst().getArtifact().getBytes()).isEqualTo(10);
    assertThat(whole.getLast().getData().toStringUtf8()).isEqualTo("0123456789");
    assertThat(status(() -> torn.forEachRemaining(one -> assertThat(one).isNotNull())).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(
            status(() -> records.downloadArtifact(wish.setName("no").build()).hasNext()).getCode())
        .isEqualTo(Status.Code.NOT_FOUND);
  }
}
