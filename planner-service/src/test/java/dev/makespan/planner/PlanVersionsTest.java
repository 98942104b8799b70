package dev.makespan.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.postgres.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
class PlanVersionsTest {

  private static final int RIVALS = 8;

  @BeforeEach
  void sendPathsAsTheyAre() {
    RestAssured.urlEncodingEnabled = false;
  }

  @Test
  void theVersionsOfAPlanArePagedNewestFirst() {
    create("versions", 1, 2, 3);

    ValidatableResponse first = get("/versions/versions?pageSize=2").statusCode(200);
    String token = first.extract().path("nextPageToken");

    first.body("versions.version", contains(3, 2));
    get("/versions/versions?pageSize=2&pageToken=" + token)
        .body("versions.version", contains(1))
        .body("nextPageToken", equalTo(""));
    get("/versions/versions/2/source").body(equalTo(file("versions", 2)));
    get("/nobody/versions").statusCode(404).body("reason", equalTo("PLAN_NOT_FOUND"));
    get("/versions/versions?pageToken=rubbish&pageSize=-1")
        .statusCode(400)
        .body("problems.field", contains("page_size", "page_token"));
  }

  @Test
  void anAmendmentIsTheNextVersionAndTheOldOneStaysAsItWas() {
    create("amended", 1);

    amend("amended", 1, file("amended", 2)).statusCode(201).body("plan.version", equalTo(2));

    get("/amended").body("tasks[0].durationSeconds", equalTo(7_200f));
    get("/amended/versions/1").body("tasks[0].durationSeconds", equalTo(3_600f));
  }

  @Test
  void anAmendmentOfAnOldVersionIsRefused() {
    create("stale", 1, 2);

    amend("stale", 1, file("stale", 3))
        .statusCode(409)
        .body("reason", equalTo("PLAN_CHANGED"))
        .body("details.newest_version", equalTo("2"));
    amend("stale", 0, file("stale", 3)).statusCode(400);
    amend("stale", 2, file("other", 3)).statusCode(400).body("problems.field", hasItem("source"));
    amend("nobody", 1, file("nobody", 3)).statusCode(404);

    get("/stale/versions").body("versions.version", contains(2, 1));
  }

  @Test
  void ofManyAmendmentsAtOnceOneWins() throws Exception {
    create("raced", 1);

    List<Integer> codes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(RIVALS)) {
      List<Callable<Integer>> rivals = new ArrayList<>();
      for (int hours = 2; hours < 2 + RIVALS; hours++) {
        String edited = file("raced", hours);
        rivals.add(() -> amend("raced", 1, edited).extract().statusCode());
      }
      for (Future<Integer> code : threads.invokeAll(rivals)) {
        codes.add(code.get());
      }
    }

    assertThat(codes).containsOnly(201, 409).containsOnlyOnce(201);
    get("/raced/versions").body("versions.version", contains(2, 1));
  }

  @Test
  void aDeletedVersionIsGoneAndItsNumberIsNotGivenAgain() {
    create("pruned", 1, 2);

    delete("/pruned/versions/2").statusCode(200).body("deletedVersions", equalTo(1));

    get("/pruned/versions/2").statusCode(404);
    get("/pruned").body("plan.version", equalTo(1));
    delete("/pruned/versions/2").statusCode(404).body("reason", equalTo("PLAN_NOT_FOUND"));
    delete("/pruned/versions/2?allowMissing=true").body("deletedVersions", equalTo(0));
    create("pruned", 2);
    get("/pruned").body("plan.version", equalTo(3));
  }

  @Test
  void aDeletedPlanIsGoneFromEverywhere() {
    create("gone", 1, 2);

    delete("/gone").statusCode(200).body("deletedVersions", equalTo(2));

    get("/gone").statusCode(404);
    get("/gone/versions").statusCode(404);
    get("/gone/versions/1/source").statusCode(404);
    get("?pageSize=1000").body("plans.name", not(hasItem("gone")));
    delete("/gone").statusCode(404);
    create("gone", 1);
    get("/gone/versions").body("versions.version", contains(3));
  }

  @Test
  void aPlanThatALiveRunUsesIsNotDeleted() {
    create("lasting", 1, 2);
    int run = start("lasting", 2, "");

    delete("/lasting/versions/2")
        .statusCode(409)
        .body("reason", equalTo("PLAN_IN_USE"))
        .body("details.run_id", equalTo(Integer.toString(run)));
    delete("/lasting").statusCode(409);
    delete("/lasting/versions/1").statusCode(200);

    given().post("/api/v1/runs/" + run + ":cancel").then().statusCode(200);
    delete("/lasting").statusCode(200).body("deletedVersions", equalTo(1));
  }

  @Test
  void aRepeatedStartMeansTheVersionThatWasTheNewestAtTheFirst() {
    create("restarted", 1);
    int first = start("restarted", 0, "restart-1");
    create("restarted", 2);

    int again = start("restarted", 0, "restart-1");

    assertThat(again).isEqualTo(first);
    given().get("/api/v1/runs/" + again).then().body("planVersion", equalTo(1));
    int other = start("restarted", 0, "restart-2");
    given().get("/api/v1/runs/" + other).then().body("planVersion", equalTo(2));
  }

  @Test
  void aRequestIdOfAStartIsForOnePlan() {
    create("first-plan", 1);
    create("second-plan", 1);
    start("first-plan", 0, "shared-1");

    given()
        .contentType("application/json")
        .header("Idempotency-Key", "shared-1")
        .body("{\"plan\": \"second-plan\"}")
        .post("/api/v1/runs")
        .then()
        .statusCode(409)
        .body("reason", equalTo("REQUEST_ID_REUSED"))
        .body("problems", empty());
  }

  private static void create(String name, int... hours) {
    for (int duration : hours) {
      given()
          .contentType("application/yaml")
          .body(SomePlans.bytes(file(name, duration)))
          .post("/api/v1/plans")
          .then()
          .statusCode(201);
    }
  }

  private static String file(String name, int hours) {
    return SomePlans.small(name).replace("1h", hours + "h");
  }

  private static ValidatableResponse get(String path) {
    return given().get("/api/v1/plans" + path).then();
  }

  private static ValidatableResponse delete(String path) {
    return given().delete("/api/v1/plans" + path).then();
  }

  private static ValidatableResponse amend(String name, int expectedVersion, String file) {
    return given()
        .contentType("application/yaml")
        .queryParam("expectedVersion", expectedVersion)
        .body(SomePlans.bytes(file))
        .post("/api/v1/plans/" + name + ":amend")
        .then();
  }

  private static int start(String name, int version, String key) {
    return given()
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body("{\"plan\": \"%s\", \"version\": %d}".formatted(name, version))
        .post("/api/v1/runs")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }
}
