package dev.makespan.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;

import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.plan.v1.CurveQuestion;
import dev.makespan.proto.plan.v1.ForecastPlanRequest;
import dev.makespan.proto.plan.v1.ForecastPlanResponse;
import dev.makespan.proto.plan.v1.GetAgentCurveRequest;
import dev.makespan.proto.plan.v1.GetAgentCurveResponse;
import dev.makespan.proto.plan.v1.PlanSchedule;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanServiceGrpc.PlanServiceBlockingStub;
import dev.makespan.proto.plan.v1.SchedulePlanRequest;
import dev.makespan.proto.plan.v1.SchedulePlanResponse;
import dev.makespan.proto.plan.v1.ScheduleQuestion;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
@SuppressWarnings("NullAway.Init")
class QuestionsTest {

  /** More than can be tried before the test ends. */
  private static final long ENDLESS = 100_000_000;

  private static final int MOST_LOOKS = 10_000;

  @Inject Computations computations;

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
  void aScheduleComesWithItsProofAndAllItsTasks() {
    create(SomePlans.example("content-publishing", "ask-schedule"));

    PlanSchedule schedule = schedule(question("ask-schedule", 1, 2_000));

    assertThat(schedule.getMakespan().getSeconds()).isEqualTo(23_400);
    assertThat(schedule.getLowerBound().getSeconds()).isEqualTo(23_400);
    assertThat(schedule.getOptimal()).isTrue();
    assertThat(schedule.getLowerBoundReason()).isNotEmpty();
    assertThat(schedule.getTasksList()).hasSize(6);
  }

  @Test
  void theSameQuestionIsComputedOnce() {
    create(SomePlans.example("content-publishing", "ask-twice"));
    PlanSchedule first = schedule(question("ask-twice", 7, 2_000));
    Computations.Figures before = computations.figures();

    PlanSchedule again = schedule(question("ask-twice", 7, 2_000));
    PlanSchedule other = schedule(question("ask-twice", 8, 2_000));

    Computations.Figures after = computations.figures();
    assertThat(again).isEqualTo(first);
    assertThat(other.getMakespan()).isEqualTo(first.getMakespan());
    assertThat(after.fromStore() - before.fromStore()).isEqualTo(1);
    assertThat(after.computed() - before.computed()).isEqualTo(1);
  }

  @Test
  void whoAsksTheSameAtTheSameTimeWaitsForTheSameComputation() throws Exception {
    create(SomePlans.hard("ask-together"));
    Computations.Figures before = computations.figures();
    SchedulePlanRequest request = question("ask-together", 1, ENDLESS);

    Reader first = read(request);
    Reader second = read(request);
    first.await(2);
    second.await(1);

    Computations.Figures meanwhile = computations.figures();
    assertThat(meanwhile.computed() - before.computed()).isEqualTo(1);
    assertThat(meanwhile.joined() - before.joined()).isEqualTo(1);
    first.leave();
    assertThat(computations.figures().underWay()).isEqualTo(1);
    second.leave();
    awaitFigures(figures -> figures.underWay() == 0);
  }

  @Test
  void aComputationStopsWhenItsCallerLeaves() throws Exception {
    create(SomePlans.hard("ask-cancel"));
    long cancelled = computations.figures().cancelled();
    Reader reader = read(question("ask-cancel", 1, ENDLESS));
    reader.await(2);

    reader.leave();

    awaitFigures(figures -> figures.cancelled() == cancelled + 1 && figures.underWay() == 0);
    // The thread is free again: other questions are answered.
    assertThat(schedule(question("ask-cancel", 2, 50)).getTasksCount()).isPositive();
    awaitNoThreadSearches();
  }

  @Test
  void aReaderWhoReadsNothingIsToldTheNewestOnly() throws Exception {
    create(SomePlans.hard("ask-slow"));
    Reader slow = read(question("ask-slow", 3, 20_000), 1);
    slow.await(1);
    awaitFigures(figures -> figures.underWay() == 0);

    slow.readOn();

    slow.awaitEnd();
    assertThat(slow.received.getLast().hasSchedule()).isTrue();
    assertThat(slow.received.size()).isLessThan(1_000);
  }

  @Test
  void aCurveSaysHowManyAgentsAreWorthIt() {
    create(SomePlans.example("content-publishing", "ask-curve"));
    GetAgentCurveRequest request =
        GetAgentCurveRequest.newBuilder()
            .setName("ask-curve")
            .setQuestion(CurveQuestion.newBuilder().setMostAgents(4).setConflictChance(0))
            .build();

    List<GetAgentCurveResponse> parts = all(plans.getAgentCurve(request));

    assertThat(parts.getLast().getCurve().getPointsList()).isNotEmpty();
    assertThat(parts.getLast().getCurve().getPoints(0).getAgents()).isEqualTo(1);
    assertThat(parts.getLast().getCurve().getKnee()).isPositive();
    assertThat(parts.getLast().getCurve().getConflictChance()).isZero();
    assertThat(parts.getLast().getCurve().getRework()).isEqualTo(0.3);
  }

  @Test
  void aForecastNamesEachTask() {
    create(SomePlans.example("content-publishing", "ask-forecast"));
    ForecastPlanRequest request = ForecastPlanRequest.newBuilder().setName("ask-forecast").build();

    List<ForecastPlanResponse> parts = all(plans.forecastPlan(request));

    assertThat(parts.getLast().getForecast().getTasksList()).hasSize(6);
    assertThat(parts.getLast().getForecast().getSamples()).isEqualTo(10_000);
    assertThat(parts.getLast().getForecast().getPercentilesList()).hasSize(4);
    assertThat(parts.getLast().getForecast().getPlanned().getSeconds()).isEqualTo(23_400);
  }

  @Test
  void aQuestionThatMakesNoSenseIsRefusedWithEverythingThatIsWrong() {
    create(SomePlans.small("ask-wrong"));

    post("ask-wrong:schedule", "{\"schedules\": -1, \"seconds\": 601, \"pools\": {\"nobody\": 1}}")
        .statusCode(400)
        .body("problems.field", contains("pools.nobody", "time_limit", "schedules"));
    post("ask-wrong:curve", "{\"role\": \"nobody\", \"mostAgents\": 1001, \"rework\": 1.5}")
        .statusCode(400)
        .body("problems.field", contains("role", "most_agents", "rework"));
    post("ask-wrong:forecast", "{\"samples\": 1000001, \"assumedWorst\": 0.5}")
        .statusCode(400)
        .body("problems.field", contains("samples", "assumed_worst"));
    post("nobody:schedule", "{}").statusCode(404).body("reason", equalTo("PLAN_NOT_FOUND"));
    post("ask-wrong:schedule", "{\"seed\": ").statusCode(400);
    assertThat(refused(question("nobody", 1, 1)).getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
    assertThat(refused(question("ask-wrong", 1, ENDLESS + 1)).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void theSameOverRest() {
    create(SomePlans.example("content-publishing", "ask-rest"));

    post("ask-rest:schedule", "{\"schedules\": 500}")
        .statusCode(200)
        .body("makespanSeconds", equalTo(23_400f))
        .body("optimal", equalTo(true))
        .body("plan.name", equalTo("ask-rest"))
        .body("tasks", hasSize(6));
    post("ask-rest:curve", "{\"mostAgents\": 2}")
        .statusCode(200)
        .body("points.size()", greaterThan(0))
        .body("rework", equalTo(0.3f));
    post("ask-rest:forecast", "{\"samples\": 100}")
        .statusCode(200)
        .body("percentiles.percent", contains(10, 50, 80, 95))
        .body("samples", equalTo(100));
  }

  @Test
  void aStreamOverRestEndsWithTheResult() {
    create(SomePlans.hard("ask-stream"));

    String events =
        given()
            .contentType("application/json")
            .accept("text/event-stream")
            .body("{\"schedules\": 3000}")
            .post("/api/v1/plans/ask-stream:schedule")
            .then()
            .statusCode(200)
            .extract()
            .asString();

    List<String> names = events.lines().filter(line -> line.startsWith("event:")).toList();
    assertThat(names).contains("event:progress").endsWith("event:result");
    assertThat(events).contains("\"gapPercent\"");
  }

  @Test
  void aTimeLimitEndsASearch() {
    create(SomePlans.hard("ask-time"));

    post("ask-time:schedule", "{\"seconds\": 0.3}")
        .statusCode(200)
        .body("schedules", greaterThan(0));
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

  private static ValidatableResponse post(String path, String body) {
    return given()
        .contentType("application/json")
        .accept("application/json")
        .body(body)
        .post("/api/v1/plans/" + path)
        .then();
  }

  private static SchedulePlanRequest question(String plan, long seed, long schedules) {
    return SchedulePlanRequest.newBuilder()
        .setName(plan)
        .setQuestion(ScheduleQuestion.newBuilder().setSeed(seed).setSchedules(schedules))
        .build();
  }

  /** The parts of the schedule, merged. */
  private PlanSchedule schedule(SchedulePlanRequest request) {
    PlanSchedule.Builder whole = PlanSchedule.newBuilder();
    plans
        .schedulePlan(request)
        .forEachRemaining(part -> {
          if (part.hasSchedule()) {
            whole.mergeFrom(part.getSchedule());
          }
        });
    return whole.build();
  }

  private StatusRuntimeException refused(SchedulePlanRequest request) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> schedule(request));
  }

  private static <T> List<T> all(Iterator<T> each) {
    List<T> found = new ArrayList<>();
    each.forEachRemaining(found::add);
    return found;
  }

  /** Asks over the door again and again, which takes its time. */
  private void awaitFigures(Predicate<Computations.Figures> expected) {
    for (int i = 0; i < MOST_LOOKS && !expected.test(computations.figures()); i++) {
      given().get("/api/v1/computations").then().statusCode(200);
    }
    assertThat(computations.figures()).matches(expected);
  }

  /** What was cancelled does not go on unseen. */
  private static void awaitNoThreadSearches() {
    for (int i = 0; i < MOST_LOOKS && isSearching(); i++) {
      given().get("/api/v1/computations").then().statusCode(200);
    }
    assertThat(isSearching()).isFalse();
  }

  private static boolean isSearching() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("long-computation-"))
        .flatMap(thread -> List.of(thread.getValue()).stream())
        .anyMatch(frame -> frame.getClassName().startsWith("dev.makespan.core.schedule"));
  }

  private Reader read(SchedulePlanRequest request) {
    return read(request, Integer.MAX_VALUE);
  }

  private Reader read(SchedulePlanRequest request, int wanted) {
    Reader reader = new Reader(wanted);
    PlanServiceGrpc.newStub(channel).schedulePlan(request, reader);
    return reader;
  }

  /** Reads so many messages and no more. */
  private static final class Reader
      implements ClientResponseObserver<SchedulePlanRequest, SchedulePlanResponse> {

    final List<SchedulePlanResponse> received = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final int wanted;
    private @Nullable ClientCallStreamObserver<SchedulePlanRequest> call;

    Reader(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SchedulePlanRequest> call) {
      this.call = call;
      call.disableAutoRequestWithInitial(wanted);
    }

    @Override
    public synchronized void onNext(SchedulePlanResponse response) {
      received.add(response);
      notifyAll();
    }

    @Override
    public void onError(Throwable failure) {
      end.countDown();
    }

    @Override
    public void onCompleted() {
      end.countDown();
    }

    synchronized void await(int messages) throws InterruptedException {
      while (received.size() < messages) {
        wait(20_000);
      }
    }

    void readOn() {
      if (call != null) {
        call.request(Integer.MAX_VALUE);
      }
    }

    void leave() {
      if (call != null) {
        call.cancel("seen enough", null);
      }
    }

    void awaitEnd() throws InterruptedException {
      assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
