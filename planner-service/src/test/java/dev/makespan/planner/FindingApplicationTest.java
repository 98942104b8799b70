package dev.makespan.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.plan.v1.ApplyFindingsRequest;
import dev.makespan.proto.plan.v1.ApplyFindingsResponse;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanServiceGrpc.PlanServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
@SuppressWarnings("NullAway.Init")
class FindingApplicationTest {

  private static final String EXAMPLE = "content-publishing";
  private static final String HAZARD = "write-write:src/handlers/posts.rs";
  private static final String ONE = "{\"version\": %d, \"findings\": [\"" + HAZARD + "\"]%s}";

  private ManagedChannel channel;
  private PlanServiceBlockingStub plans;

  @BeforeEach
  void connect() {
    RestAssured.urlEncodingEnabled = false;
    channel = NettyChannelBuilder.forAddress("localhost", RestAssured.port).usePlaintext().build();
    plans = PlanServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void aFindingBecomesTheNextVersionAndWinsWhatItPromised() {
    create("apply-one");

    apply("apply-one", ONE.formatted(1, ""), "apply-one-key")
        .statusCode(201)
        .body("plan.version", equalTo(2))
        .body("scheduleSecondsBefore", equalTo(23_400f))
        .body("scheduleSecondsPromised", equalTo(15_300f))
        .body("scheduleSecondsAfter", equalTo(15_300f))
        .body("changes.kind", hasItem("replace-access"))
        .body("source", containsString("src/handlers/posts/get-post.rs"))
        .body("source", containsString("# A content-publishing backend"));

    given()
        .get("/api/v1/plans/apply-one/analysis")
        .then()
        .statusCode(200)
        .header("Makespan-Plan-Version", "2")
        .body("scheduleSeconds", equalTo(15_300))
        .body("findings.id", not(hasItem(HAZARD)));
    apply("apply-one", ONE.formatted(1, ""), "apply-one-key")
        .statusCode(201)
        .body("plan.version", equalTo(2));
    apply("apply-one", ONE.formatted(1, ""), "")
        .statusCode(409)
        .body("reason", equalTo("PLAN_CHANGED"));
  }

  @Test
  void aDryRunSaysWhatWouldBeWrittenAndStoresNothing() {
    create("apply-dry");

    apply("apply-dry", "{\"all\": true, \"dryRun\": true}", "")
        .statusCode(200)
        .body("plan.version", equalTo(1))
        .body("scheduleSecondsPromised", equalTo(15_300f))
        .body("scheduleSecondsAfter", equalTo(15_300f));

    given().get("/api/v1/plans/apply-dry/versions").then().body("versions.version", contains(1));
  }

  @Test
  void anotherRemedyMayBeChosen() {
    create("apply-remedy");

    apply("apply-remedy", ONE.formatted(1, ", \"remedy\": \"order\", \"dryRun\": true"), "")
        .statusCode(200)
        .body("scheduleSecondsAfter", equalTo(23_400f))
        .body("changes.kind", hasItem("add-need"));
  }

  @Test
  void whatCannotBeAppliedIsRefusedAndStoresNothing() {
    create("apply-wrong");

    apply("apply-wrong", "{\"version\": 1, \"findings\": [\"write-write:src/nothing\"]}", "")
        .statusCode(404)
        .body("reason", equalTo("FINDING_NOT_FOUND"))
        .body("detail", containsString(HAZARD));
    apply("apply-wrong", ONE.formatted(1, ", \"remedy\": \"magic\""), "")
        .statusCode(404)
        .body("detail", containsString("it has: split-file"));
    apply("apply-wrong", "{\"version\": 1}", "")
        .statusCode(400)
        .body("problems.field", contains("findings"));
    apply("apply-wrong", ONE.formatted(0, ", \"all\": true, \"remedy\": \"order\""), "")
        .statusCode(400)
        .body("problems.field", contains("version", "findings", "remedy"));
    apply("apply-wrong", ONE.formatted(1, ", \"pools\": {\"nobody\": 1}"), "").statusCode(400);
    apply("nobody", ONE.formatted(1, ""), "").statusCode(404);
    apply(
            "apply-wrong",
            "{\"version\": 1, \"findings\": [\"%s\", \"hot-file:src/handlers/posts.rs\"]}"
                .formatted(HAZARD),
            "")
        .statusCode(409)
        .body("reason", equalTo("PLAN_NOT_EDITABLE"));

    given().get("/api/v1/plans/apply-wrong/versions").then().body("versions.version", contains(1));
  }

  @Test
  void theSameOverGrpc() {
    create("apply-grpc");
    ApplyFindingsRequest request =
        ApplyFindingsRequest.newBuilder()
            .setName("apply-grpc")
            .setVersion(1)
            .setAll(true)
            .setRequestId("apply-grpc-key")
            .build();

    ApplyFindingsResponse applied = plans.applyFindings(request);

    assertThat(applied.getPlan().getVersion()).isEqualTo(2);
    assertThat(applied.getScheduleBefore().getSeconds()).isEqualTo(23_400);
    assertThat(applied.getSchedulePromised()).isEqualTo(applied.getScheduleAfter());
    assertThat(applied.getScheduleAfter().getSeconds()).isEqualTo(15_300);
    assertThat(applied.getChangesList()).isNotEmpty().allMatch(c -> !c.getText().isEmpty());
    assertThat(applied.getSource().getContent().toStringUtf8()).contains("# A content-publishing");
    assertThat(plans.applyFindings(request)).isEqualTo(applied);
    assertThat(refused(request.toBuilder().setVersion(2).build())).isEqualTo(Code.ALREADY_EXISTS);
  }

  @Test
  void aPlanOfWhichNothingCanBeWonIsLeftAsItIs() {
    store(SomePlans.small("apply-nothing"));

    Code code =
        refused(
            ApplyFindingsRequest.newBuilder()
                .setName("apply-nothing")
                .setVersion(1)
                .setAll(true)
                .build());

    assertThat(code).isEqualTo(Code.FAILED_PRECONDITION);
    apply("apply-nothing", "{\"version\": 1, \"all\": true}", "")
        .statusCode(409)
        .body("reason", equalTo("NOTHING_TO_APPLY"));
  }

  private Code refused(ApplyFindingsRequest request) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> plans.applyFindings(request))
        .getStatus()
        .getCode();
  }

  private static ValidatableResponse apply(String name, String body, String key) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/api/v1/plans/" + name + ":apply")
        .then();
  }

  private static void create(String name) {
    store(SomePlans.example(EXAMPLE, name));
  }

  private static void store(String plan) {
    given()
        .contentType("application/yaml")
        .queryParam("acceptWarnings", true)
        .body(SomePlans.bytes(plan))
        .post("/api/v1/plans")
        .then()
        .statusCode(201);
  }
}
