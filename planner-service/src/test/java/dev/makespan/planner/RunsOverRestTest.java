package dev.makespan.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.postgres.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
class RunsOverRestTest {

  @BeforeEach
  void sendPathsAsTheyAre() {
    RestAssured.urlEncodingEnabled = false;
  }

  @Test
  void aRunIsStartedShownListedAndReported() {
    create(SomePlans.example("content-publishing", "run-content"));

    int id =
        start("{\"plan\": \"run-content\", \"simulate\": true, \"speed\": 3600}", "run-1")
            .statusCode(201)
            .body("state", equalTo("done"))
            .extract()
            .path("id");

    given()
        .get("/api/v1/runs/" + id)
        .then()
        .statusCode(200)
        .body("planName", equalTo("run-content"))
        .body("tasks", hasSize(6));
    given().get("/api/v1/runs").then().statusCode(200).body("runs.id", hasItem(id));
    given()
        .get("/api/v1/runs/" + id + "/report")
        .then()
        .statusCode(200)
        .body("state", equalTo("done"))
        .body("sequentialSeconds", equalTo(27_000f))
        .body("makespanSeconds", equalTo(27_000f))
        .body("savedSeconds", equalTo(0f))
        .body("turns.path", contains("src/handlers/posts.rs"))
        .body("timeline", hasSize(6));
  }

  @Test
  void theSameKeyStartsOneRun() {
    create(SomePlans.small("run-key"));
    int first = start("{\"plan\": \"run-key\"}", "run-2").extract().path("id");

    int second = start("{\"plan\": \"run-key\"}", "run-2").extract().path("id");

    assertThat(second).isEqualTo(first);
  }

  @Test
  void aSchedulerThatIsAwayForAMomentIsNotNoticed() {
    create(SomePlans.small("run-flaky"));

    ValidatableResponse started = start("{\"plan\": \"run-flaky\"}", "flaky-1");

    started.statusCode(201);
  }

  @Test
  void aFullIntakeSaysWhenToComeBack() {
    create(SomePlans.small("full-intake"));

    start("{\"plan\": \"full-intake\"}", "full-1")
        .statusCode(429)
        .header("Retry-After", equalTo("2"))
        .body("detail", equalTo("1 runs wait already"));
  }

  @Test
  void theEventsOfARunGoOnOverABreak() {
    create(SomePlans.small("run-events"));
    int id = start("{\"plan\": \"run-events\"}", "run-3").extract().path("id");

    String events = given().get("/api/v1/runs/" + id + "/events").then().extract().asString();

    assertThat(events.lines().filter(line -> line.startsWith("id:")))
        .containsExactly("id:1", "id:2", "id:3", "id:4");
    assertThat(events).contains("event:run-finished");
  }

  @Test
  void whatIsWrongWithAStartIsSaidAllAtOnce() {
    create(SomePlans.small("run-wrong"));

    start("{\"plan\": \"run-wrong\", \"speed\": 2}", "")
        .statusCode(400)
        .body("problems.field", contains("speed"));
    start("{\"plan\": \"\", \"speed\": -1}", "k\\u0000")
        .statusCode(400)
        .body("problems.field", hasItem("plan_name"))
        .body("problems.field", hasItem("speed"));
    start("{\"plan\": \"run-wrong\", \"parameters\": {\"nobody\": \"a\"}}", "").statusCode(400);
    start("{\"plan\": \"nobody\"}", "").statusCode(404);
    start("{\"plan\": ", "").statusCode(400).contentType("application/problem+json");
  }

  @Test
  void whatTheSchedulerRefusesIsRefusedHere() {
    create(SomePlans.small("run-refused"));
    int id = start("{\"plan\": \"run-refused\"}", "run-4").extract().path("id");

    given().get("/api/v1/runs/123456").then().statusCode(404);
    given().get("/api/v1/runs/0").then().statusCode(400);
    given()
        .post("/api/v1/runs/" + id + ":cancel")
        .then()
        .statusCode(409)
        .body("detail", equalTo("run " + id + " has finished"));
  }

  @Test
  void aLiveRunIsChangedInEveryWay() {
    create(SomePlans.small("lasting-changes"));
    int id =
        start("{\"plan\": \"lasting-changes\", \"weight\": 3}", "change-1").extract().path("id");

    changed(id, ":pause?reason=lunch", "").body("reason", equalTo("lunch"));
    changed(id, ":resume", "").body("reason", equalTo(""));
    changed(id, ":resume?tokens=500&by=ann", "").body("reason", equalTo("limits 500 false by ann"));
    changed(id, ":amend", "").body("reason", equalTo("version 1 with 1"));
    changed(id, "/tasks/a:cancel?reason=no", "").body("reason", equalTo("cancel a no"));
    changed(id, "/tasks/a:retry?reason=yes", "").body("reason", equalTo("retry a yes"));
    changed(id, "/tasks/a:skip", "").body("reason", equalTo("skip a "));
    changed(id, "/tasks/a:approve", "{\"name\": \"lead\", \"by\": \"ann\"}")
        .body("reason", equalTo("approve a by ann: lead"));
    changed(id, "/phases/one:approve", "{\"name\": \"run: just ci\", \"by\": \"ann\"}")
        .body("reason", equalTo("approve one by ann: run: just ci"));
    changed(id, "/tasks/a:answer", "{\"text\": \"the second\"}")
        .body("reason", equalTo("answer a the second"));
  }

  @Test
  void aLimitThatIsNoneIsRefused() {
    given()
        .post("/api/v1/runs/1:resume?cost=-1")
        .then()
        .statusCode(400)
        .body("problems.field", contains("budget"));
  }

  @Test
  void agentsAreListedPausedAndResumed() {
    given()
        .get("/api/v1/agents")
        .then()
        .statusCode(200)
        .body("agents.agent", contains("backend-1"))
        .body("agents[0].attempts[0].task", equalTo("schema"))
        .body("agents[0].gateway", equalTo("gateway-1"))
        .body("pauses[0].kind", equalTo("role"))
        .body("pauses[0].reason", equalTo("new disk"));
    given()
        .post("/api/v1/agents/backend-1:pause?reason=disk&by=ann")
        .then()
        .statusCode(200)
        .body("pauses[0].kind", equalTo("agent"))
        .body("pauses[0].name", equalTo("backend-1"))
        .body("pauses[0].by", equalTo("ann"));
    given()
        .post("/api/v1/agent-roles/backend:pause")
        .then()
        .statusCode(200)
        .body("pauses[0].kind", equalTo("role"));
    given()
        .post("/api/v1/agent-roles/backend:resume")
        .then()
        .statusCode(200)
        .body("pauses", hasSize(0));
  }

  @Test
  void whatIsWrongWithAChangeIsSaidBeforeTheSchedulerHearsOfIt() {
    given()
        .contentType("application/json")
        .body("{\"by\": \"a\\u0000\"}")
        .post("/api/v1/runs/0/tasks/a:approve")
        .then()
        .statusCode(400)
        .body("problems.field", contains("run_id", "name", "by"));
    given()
        .contentType("application/json")
        .body("{}")
        .post("/api/v1/runs/1/tasks/a:answer")
        .then()
        .statusCode(400)
        .body("problems.field", contains("text"));
  }

  @Test
  void aRunThatHasEndedIsNotChanged() {
    create(SomePlans.small("run-ended"));
    int id = start("{\"plan\": \"run-ended\"}", "ended-1").extract().path("id");

    given().post("/api/v1/runs/" + id + ":pause").then().statusCode(409);
    given()
        .get("/api/v1/runs/" + id + "/forecast")
        .then()
        .statusCode(409)
        .body("reason", equalTo("RUN_FINISHED"));
  }

  @Test
  void whyATaskIsNotRunningIsSaidWithItsFacts() {
    create(SomePlans.small("lasting-explained"));
    int id = start("{\"plan\": \"lasting-explained\"}", "explain-1").extract().path("id");

    given()
        .get("/api/v1/runs/" + id + "/explanation?task=b")
        .then()
        .statusCode(200)
        .body("tasks[0].task", equalTo("b"))
        .body("tasks[0].state", equalTo("ready"))
        .body("tasks[0].reasons[0].kind", equalTo("lock-held"))
        .body("tasks[0].reasons[0].text", equalTo("x.rs is locked by a"))
        .body("tasks[0].reasons[0].facts.path", equalTo("x.rs"))
        .body("roles[0].slots", equalTo(2));
  }

  @Test
  void theFinishOfALiveRunIsForecastTheSameWayForTheSameSeed() {
    create(SomePlans.small("lasting-forecast"));
    int id = start("{\"plan\": \"lasting-forecast\"}", "forecast-1").extract().path("id");
    String path = "/api/v1/runs/" + id + "/forecast?seed=7&samples=100";

    float first = given().get(path).then().statusCode(200).extract().path("p80RemainingSeconds");
    float second = given().get(path).then().statusCode(200).extract().path("p80RemainingSeconds");

    assertThat(second).isEqualTo(first);
    given().get(path).then().body("samples", equalTo(100)).body("roles", hasSize(1));
    given()
        .get("/api/v1/runs/" + id + "/forecast?samples=-1")
        .then()
        .statusCode(400)
        .body("problems.field", contains("samples"));
  }

  @Test
  void whatIsWrongWithAWeightIsSaid() {
    create(SomePlans.small("run-heavy"));

    start("{\"plan\": \"run-heavy\", \"weight\": 1001}", "")
        .statusCode(400)
        .body("problems.field", contains("weight"));
  }

  private static ValidatableResponse changed(int id, String path, String body) {
    return given()
        .contentType(body.isEmpty() ? "text/plain" : "application/json")
        .body(body)
        .post("/api/v1/runs/" + id + path)
        .then()
        .statusCode(200);
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

  private static ValidatableResponse start(String body, String key) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body)
        .post("/api/v1/runs")
        .then();
  }
}
