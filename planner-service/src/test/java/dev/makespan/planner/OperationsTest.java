package dev.makespan.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.google.protobuf.ByteString;
import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.plan.v1.AnalysisQuestion;
import dev.makespan.proto.plan.v1.CancelOperationRequest;
import dev.makespan.proto.plan.v1.GetOperationResultRequest;
import dev.makespan.proto.plan.v1.GetOperationResultResponse;
import dev.makespan.proto.plan.v1.OperationServiceGrpc;
import dev.makespan.proto.plan.v1.OperationServiceGrpc.OperationServiceBlockingStub;
import dev.makespan.proto.plan.v1.OperationState;
import dev.makespan.proto.plan.v1.Question;
import dev.makespan.proto.plan.v1.Result;
import dev.makespan.proto.plan.v1.StartOperationRequest;
import dev.makespan.proto.plan.v1.WatchOperationRequest;
import dev.makespan.proto.plan.v1.WatchOperationResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
@SuppressWarnings("NullAway.Init")
class OperationsTest {

  private static final String ENDLESS = "{\"schedule\": {\"schedules\": 100000000, \"seed\": %d}}";
  private static final int MOST_LOOKS = 10_000;

  @Inject Computations computations;
  @Inject Pool database;

  private ManagedChannel channel;
  private OperationServiceBlockingStub operations;

  @BeforeEach
  void connect() {
    RestAssured.urlEncodingEnabled = false;
    channel = NettyChannelBuilder.forAddress("localhost", RestAssured.port).usePlaintext().build();
    operations =
        OperationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void anOperationGoesOnWithoutItsCallerAndItsResultIsKept() {
    create(SomePlans.example("content-publishing", "op-done"));

    int id = started("op-done", "{\"schedule\": {\"schedules\": 500}}", "");
    String events = get(id + "/events").extract().asString();

    assertThat(events).contains("event:operation").contains("\"state\":\"done\"");
    get(id + "/result").statusCode(200).body("makespanSeconds", equalTo(23_400f));
    get("?plan=op-done").body("operations.id", contains(id));
    get("" + id).body("kind", equalTo("schedule")).body("version", equalTo(1));
    assertThat(started("op-done", "{\"schedule\": {\"schedules\": 500}}", "")).isGreaterThan(id);
  }

  @Test
  void eachKindOfResultIsReadAsItWasWritten() throws Exception {
    create(SomePlans.example("content-publishing", "op-kinds"));

    for (String question : List.of("analysis", "curve", "forecast")) {
      int id = started("op-kinds", "{\"" + question + "\": {}}", "");
      get(id + "/events").statusCode(200);
      get(id + "/result").statusCode(200);
      Result result = result(id);

      assertThat(result.getKindCase().name()).isEqualToIgnoringCase(question);
    }
  }

  @Test
  void aCancelledOperationStopsItsComputation() {
    create(SomePlans.hard("op-cancel"));
    int id = started("op-cancel", ENDLESS.formatted(1), "");
    awaitUnderWay(1);

    cancel(id).statusCode(200).body("state", equalTo("cancelled"));

    awaitUnderWay(0);
    cancel(id).statusCode(200).body("state", equalTo("cancelled"));
    get(id + "/result").statusCode(409).body("reason", equalTo("OPERATION_NOT_DONE"));
  }

  @Test
  void aCancelThatCameInElsewhereIsNoticed() {
    create(SomePlans.hard("op-elsewhere"));
    int id = started("op-elsewhere", ENDLESS.formatted(2), "");

    sql("update planner.operation set cancel_requested = true where id = $1", id);

    awaitState(id, "cancelled");
    awaitUnderWay(0);
  }

  @Test
  void theOperationOfADeadPlannerIsBegunAgain() {
    create(SomePlans.example("content-publishing", "op-dead"));
    int id = started("op-dead", "{\"schedule\": {\"schedules\": 600}}", "");
    awaitState(id, "done");
    sql("delete from planner.plan_result");

    sql(
        "update planner.operation set state = 'RUNNING', finish_time = null, owner = 'dead',"
            + " lease_until = clock_timestamp() where id = $1",
        id);

    awaitState(id, "done");
    get(id + "/result").statusCode(200).body("makespanSeconds", equalTo(23_400f));
  }

  @Test
  void anOperationThatPlannersDieOfIsNotBegunForEver() {
    create(SomePlans.hard("op-poison"));
    int id = started("op-poison", ENDLESS.formatted(3), "");

    sql(
        "update planner.operation set owner = 'dead', owners = 3, lease_until = now() where id = $1",
        id);

    awaitState(id, "failed");
    get("" + id).body("failureReason", equalTo("PLANNERS_DIED"));
    awaitUnderWay(0);
  }

  @Test
  void aResultOutlivesItsComputationAndAnswersTheSameQuestion() {
    create(SomePlans.example("content-publishing", "op-kept"));
    int first = started("op-kept", "{\"forecast\": {\"samples\": 500}}", "");
    awaitState(first, "done");
    Computations.Figures before = computations.figures();

    int second = started("op-kept", "{\"forecast\": {\"samples\": 500}}", "");
    awaitState(second, "done");

    assertThat(computations.figures().computed()).isEqualTo(before.computed());
    assertThat(computations.figures().fromStore()).isGreaterThan(before.fromStore());
  }

  @Test
  void theSameKeyStartsOneOperation() {
    create(SomePlans.small("op-key"));
    int first = started("op-key", "{\"analysis\": {}}", "op-key-1");
    create(SomePlans.small("op-key").replace("1h", "2h"));

    int again = started("op-key", "{\"analysis\": {}}", "op-key-1");

    assertThat(again).isEqualTo(first);
    start("op-key", "{\"curve\": {}}", "op-key-1")
        .statusCode(409)
        .body("reason", equalTo("REQUEST_ID_REUSED"));
  }

  @Test
  void whatIsWrongIsSaid() {
    create(SomePlans.small("op-wrong"));

    start("op-wrong", "{}", "").statusCode(400).body("problems.field", hasItem("question"));
    start("op-wrong", "{\"analysis\": {}, \"curve\": {}}", "").statusCode(400);
    start("op-wrong", "{\"schedule\": {\"schedules\": -1}}", "").statusCode(400);
    start("nobody", "{\"analysis\": {}}", "").statusCode(404);
    get("123456").statusCode(404).body("reason", equalTo("OPERATION_NOT_FOUND"));
    get("123456/result").statusCode(404);
    cancel(123456).statusCode(404);
    get("?pageSize=1001").statusCode(400);
    assertThat(get("123456/events").extract().asString()).contains("event:refused");
  }

  @Test
  void operationsOverGrpc() throws Exception {
    create(SomePlans.example("content-publishing", "op-grpc"));
    long id =
        operations
            .startOperation(
                StartOperationRequest.newBuilder()
                    .setPlanName("op-grpc")
                    .setQuestion(
                        Question.newBuilder().setAnalysis(AnalysisQuestion.getDefaultInstance()))
                    .build())
            .getOperation()
            .getId();

    List<WatchOperationResponse> changes = new ArrayList<>();
    operations
        .watchOperation(WatchOperationRequest.newBuilder().setOperationId(id).build())
        .forEachRemaining(changes::add);

    assertThat(changes.getLast().getOperation().getState())
        .isEqualTo(OperationState.OPERATION_STATE_DONE);
    assertThat(result(id).getAnalysis().getSchedule().getSeconds()).isEqualTo(23_400);
    assertThat(codeOf(() -> cancelOverGrpc(id))).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(codeOf(() -> cancelOverGrpc(123_456))).isEqualTo(Code.NOT_FOUND);
    assertThat(codeOf(() -> result(123_456))).isEqualTo(Code.NOT_FOUND);
    assertThat(codeOf(() -> operations.startOperation(StartOperationRequest.getDefaultInstance())))
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  private static Code codeOf(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus().getCode();
  }

  private void cancelOverGrpc(long id) {
    operations.cancelOperation(CancelOperationRequest.newBuilder().setOperationId(id).build());
  }

  private Result result(long id) throws Exception {
    ByteString whole = ByteString.EMPTY;
    var parts =
        operations.getOperationResult(
            GetOperationResultRequest.newBuilder().setOperationId(id).build());
    while (parts.hasNext()) {
      GetOperationResultResponse part = parts.next();
      whole = whole.concat(part.getData());
    }
    return Result.parseFrom(whole);
  }

  private void sql(String statement, Object... values) {
    Tuple tuple = Tuple.tuple();
    for (Object value : values) {
      tuple.addValue(((Number) value).longValue());
    }
    var _ = database.preparedQuery(statement).execute(tuple).await().indefinitely();
  }

  /** Asks over the door again and again, which takes its time. */
  private void awaitUnderWay(int expected) {
    for (int i = 0; i < MOST_LOOKS && computations.figures().underWay() != expected; i++) {
      given().get("/api/v1/computations").then().statusCode(200);
    }
    assertThat(computations.figures().underWay()).isEqualTo(expected);
  }

  private static void awaitState(int id, String state) {
    String found = "";
    for (int i = 0; i < MOST_LOOKS && !found.equals(state); i++) {
      found = get("" + id).extract().path("state");
    }
    assertThat(found).isEqualTo(state);
  }

  private static void create(String plan) {
    given()
        .contentType("application/yaml")
        .queryParam("acceptWarnings", true)
        .body(SomePlans.bytes(plan))
        .post("/api/v1/plans")
        .then()
        .statusCode(201);
  }

  private static ValidatableResponse start(String plan, String question, String key) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body("{\"plan\": \"%s\", \"question\": %s}".formatted(plan, question))
        .post("/api/v1/operations")
        .then();
  }

  private static int started(String plan, String question, String key) {
    return start(plan, question, key).statusCode(202).extract().path("id");
  }

  private static ValidatableResponse get(String path) {
    String separator = path.isEmpty() || path.startsWith("?") ? "" : "/";
    return given().get("/api/v1/operations" + separator + path).then();
  }

  private static ValidatableResponse cancel(int id) {
    return given().post("/api/v1/operations/" + id + ":cancel").then();
  }
}
