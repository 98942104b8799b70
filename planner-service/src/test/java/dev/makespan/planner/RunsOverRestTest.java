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
