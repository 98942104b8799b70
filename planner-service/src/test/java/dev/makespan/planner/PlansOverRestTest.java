package dev.makespan.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.postgres.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
class PlansOverRestTest {

  private static final int CLOSED = 0;

  @BeforeEach
  void sendPathsAsTheyAre() {
    RestAssured.urlEncodingEnabled = false;
  }

  @Test
  void aCreatedPlanIsFoundListedAndAnalysed() {
    String plan = SomePlans.example("content-publishing", "rest-content");

    create(plan, "").statusCode(201).body("plan.version", equalTo(1));

    given()
        .get("/api/v1/plans/rest-content")
        .then()
        .statusCode(200)
        .body("plan.taskCount", equalTo(6))
        .body("tasks.id", hasItem("upload-init"))
        .body("source", equalTo(plan));
    given()
        .get("/api/v1/plans?pageSize=1000")
        .then()
        .statusCode(200)
        .body("plans.name", hasItem("rest-content"));
    given()
        .contentType("application/json")
        .post("/api/v1/plans/rest-content:analyze")
        .then()
        .statusCode(200)
        .body("sequentialSeconds", equalTo(27_000))
        .body("criticalPathSeconds", equalTo(15_300))
        .body("scheduleSeconds", equalTo(23_400));
    given()
        .get("/api/v1/plans/rest-content/analysis")
        .then()
        .statusCode(200)
        .body("hazards.path", hasItem("src/handlers/posts.rs"));
  }

  @Test
  void anotherPoolGivesAnotherSchedule() {
    create(SomePlans.example("content-publishing", "rest-pools"), "").statusCode(201);

    ValidatableResponse alone =
        given()
            .contentType("application/json")
            .body("{\"backend\": 1}")
            .post("/api/v1/plans/rest-pools:analyze")
            .then();

    alone.statusCode(200).body("scheduleSeconds", equalTo(27_000));
    given()
        .contentType("application/json")
        .body("{\"backend\": 0, \"nobody\": 1}")
        .post("/api/v1/plans/rest-pools:analyze")
        .then()
        .statusCode(400)
        .body("problems.field", contains("pools.backend", "pools.nobody"));
  }

  @Test
  void aChangedPlanIsANewVersionAndAnUnchangedOneIsNot() {
    create(SomePlans.small("rest-versions"), "").statusCode(201);

    create(SomePlans.small("rest-versions"), "").body("plan.version", equalTo(1));
    create(SomePlans.small("rest-versions").replace("1h", "2h"), "")
        .body("plan.version", equalTo(2));

    given()
        .get("/api/v1/plans/rest-versions/versions/1")
        .then()
        .statusCode(200)
        .body("tasks[0].durationSeconds", equalTo(3_600f));
    given().get("/api/v1/plans/rest-versions/versions/3").then().statusCode(404);
  }

  @Test
  void theSameIdempotencyKeyYieldsTheFirstAnswer() {
    create(SomePlans.small("rest-key"), "key-1").statusCode(201);
    create(SomePlans.small("rest-key").replace("1h", "2h"), "key-2")
        .body("plan.version", equalTo(2));

    create(SomePlans.small("rest-key"), "key-1").statusCode(201).body("plan.version", equalTo(1));

    create(SomePlans.small("rest-other"), "key-1")
        .statusCode(409)
        .body("reason", equalTo("REQUEST_ID_REUSED"));
    given().get("/api/v1/plans/rest-other").then().statusCode(404);
  }

  @Test
  void aBadPlanIsRefusedWithEveryProblemAndStoresNothing() {
    String plan = SomePlans.bad("rest-bad");

    create(plan, "")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("reason", equalTo("PLAN_HAS_ERRORS"))
        .body("problems", hasSize(greaterThanOrEqualTo(3)))
        .body("problems.line", hasItem(8))
        .body("problems.line", hasItem(9))
        .body("problems.line", hasItem(13))
        .body("detail", containsString("plan.yaml:8:"));

    given().get("/api/v1/plans/rest-bad").then().statusCode(404);
    given()
        .contentType("text/plain")
        .body(SomePlans.bytes(plan))
        .post("/api/v1/plans:check")
        .then()
        .statusCode(200)
        .body("problems", hasSize(greaterThanOrEqualTo(3)));
  }

  @Test
  void aGoodPlanHasNoProblemsAndACheckStoresNothing() {
    String plan = SomePlans.small("rest-checked");

    given()
        .contentType("text/plain")
        .body(SomePlans.bytes(plan))
        .post("/api/v1/plans:check")
        .then()
        .statusCode(200)
        .body("problems.findAll { it.severity == 'error' }", empty());

    given().get("/api/v1/plans/rest-checked").then().statusCode(404);
  }

  @Test
  void badNamesAndTokensAreRefusedAsInvalid() {
    given().get("/api/v1/plans/a%00b").then().statusCode(400);
    given().get("/api/v1/plans/" + "a".repeat(2_000)).then().statusCode(400);
    given().get("/api/v1/plans/nobody").then().statusCode(404).body("status", equalTo(404));
    given().get("/api/v1/plans?pageSize=1001").then().statusCode(400);
    given().get("/api/v1/plans?pageToken=x").then().statusCode(400);
    create(SomePlans.small("rest-name"), "k".repeat(129)).statusCode(400);
  }

  /** The server may close the connection while the client still sends. */
  @Test
  void aFileOfFiftyMegabytesIsRefused() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/v1/plans"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[50 << 20]))
            .build();

    int status = statusOf(request);

    assertThat(status).isIn(413, CLOSED);
    create(SomePlans.small("rest-after-large"), "").statusCode(201);
  }

  private static int statusOf(HttpRequest request) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    } catch (IOException closed) {
      return CLOSED;
    }
  }

  @Test
  void pagesAreComplete() {
    create(SomePlans.small("page-a"), "").statusCode(201);
    create(SomePlans.small("page-b"), "").statusCode(201);

    String token = given().get("/api/v1/plans?pageSize=1").then().extract().path("nextPageToken");

    given()
        .queryParam("pageSize", 1_000)
        .queryParam("pageToken", token)
        .get("/api/v1/plans")
        .then()
        .statusCode(200)
        .body("plans", not(empty()))
        .body("plans.name", hasItem("page-b"))
        .body("nextPageToken", equalTo(""));
  }

  @Test
  void theDescriptionOfTheDoorIsServed() {
    given().get("/q/openapi").then().statusCode(200).body(containsString("/api/v1/plans"));
    given().get("/q/health/ready").then().statusCode(200);
  }

  private static ValidatableResponse create(String plan, String key) {
    return given()
        .contentType("application/yaml")
        .header("Idempotency-Key", key)
        .queryParam("acceptWarnings", true)
        .body(SomePlans.bytes(plan))
        .post("/api/v1/plans")
        .then();
  }
}
