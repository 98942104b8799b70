package dev.makespan.planner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.google.protobuf.ByteString;
import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.plan.v1.Analysis;
import dev.makespan.proto.plan.v1.AnalysisQuestion;
import dev.makespan.proto.plan.v1.AnalyzePlanRequest;
import dev.makespan.proto.plan.v1.AnalyzePlanResponse;
import dev.makespan.proto.plan.v1.Confidence;
import dev.makespan.proto.plan.v1.Finding;
import dev.makespan.proto.plan.v1.FindingKind;
import dev.makespan.proto.plan.v1.GetOperationResultRequest;
import dev.makespan.proto.plan.v1.Level;
import dev.makespan.proto.plan.v1.OperationServiceGrpc;
import dev.makespan.proto.plan.v1.PlanReview;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.Question;
import dev.makespan.proto.plan.v1.Recommendation;
import dev.makespan.proto.plan.v1.Remedy;
import dev.makespan.proto.plan.v1.Result;
import dev.makespan.proto.plan.v1.StartOperationRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole analyses over the doors; what the command says of an example is in golden files. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
@SuppressWarnings("NullAway.Init")
class AnalysesTest {

  private static final Path GOLDEN = Path.of("..", "formats", "src", "test", "resources", "golden");
  private static final String EXAMPLE = "content-publishing";
  private static final String HAZARD = "write-write:src/handlers/posts.rs";

  @Inject Computations computations;

  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    RestAssured.urlEncodingEnabled = false;
    channel = NettyChannelBuilder.forAddress("localhost", RestAssured.port).usePlaintext().build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, '', analysis.json",
    "text/plain, '', analysis.txt",
    "text/markdown, '', analysis.md",
    "text/vnd.mermaid, '', timeline.mmd",
    "text/vnd.mermaid, ?view=graph, graph.mmd",
    "image/svg+xml, ?view=timeline, timeline.svg",
    "image/svg+xml, ?view=graph, graph.svg"
  })
  void everyFormIsWordForWordWhatTheCommandSays(String type, String query, String golden)
      throws IOException {
    create(EXAMPLE, SomePlans.example(EXAMPLE, EXAMPLE));

    Response answer = analysis(EXAMPLE + "/analysis" + query, type);

    answer
        .then()
        .statusCode(200)
        .contentType(startsWith(type))
        .header("Vary", containsString("Accept"))
        .header("Makespan-Plan-Version", "1");
    assertThat(text(answer)).isEqualTo(Files.readString(GOLDEN.resolve(EXAMPLE).resolve(golden)));
  }

  @Test
  void whatIsKeptReadsByteForByteAsWhatWasComputed() {
    create("kept", SomePlans.example("unified-platform", "kept"));
    Computations.Figures before = computations.figures();

    byte[] computed = analysis("kept/analysis", "application/json").asByteArray();
    byte[] kept = analysis("kept/analysis", "application/json").asByteArray();

    Computations.Figures after = computations.figures();
    assertThat(kept).isEqualTo(computed);
    assertThat(after.computed() - before.computed()).isEqualTo(1);
    assertThat(after.fromStore() - before.fromStore()).isEqualTo(1);
  }

  @Test
  void whoAcceptsNothingOfWhatThereIsLearnsWhatIsOffered() {
    create("wrong-accept", SomePlans.small("wrong-accept"));

    analysis("wrong-accept/analysis", "application/pdf")
        .then()
        .statusCode(406)
        .contentType("application/problem+json")
        .body("reason", equalTo("NOT_ACCEPTABLE"))
        .body("detail", containsString("was application/pdf"))
        .body(
            "details.offered",
            equalTo(
                "application/json, text/plain, text/markdown, text/vnd.mermaid, image/svg+xml"));
    analysis("wrong-accept/analysis", "application/json;q=0").then().statusCode(406);
    given()
        .contentType("application/json")
        .accept("text/html")
        .post("/api/v1/plans/wrong-accept:analyze")
        .then()
        .statusCode(406);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | application/json",
        "text/* | text/plain",
        "text/markdown;q=0.5, text/vnd.mermaid;q=0.9 | text/vnd.mermaid",
        "text/plain;q=0, text/* | text/markdown",
        "image/avif,image/webp,image/svg+xml,image/*,*/*;q=0.8 | image/svg+xml",
        "text/html,application/xhtml+xml,*/*;q=0.8 | application/json"
      })
  void theBestOfWhatIsAcceptedIsAnswered(String accept, String type) {
    create("accept", SomePlans.small("accept"));

    analysis("accept/analysis", accept).then().statusCode(200).contentType(startsWith(type));
  }

  @Test
  void whatNoFormKnowsIsRefused() {
    create("wrong-view", SomePlans.small("wrong-view"));

    analysis("wrong-view/analysis?view=matrix", "image/svg+xml")
        .then()
        .statusCode(400)
        .body("problems.field", contains("view"));
    analysis("wrong-view/analysis?view=graph", "text/markdown").then().statusCode(400);
    analysis("wrong-view/analysis?columns=29", "text/plain")
        .then()
        .statusCode(400)
        .body("problems.field", contains("columns"));
    analysis("nobody/analysis", "image/svg+xml")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void aFindingOverGrpcHasItsPlaceItsPriceAndItsChanges() {
    create("grpc-finding", SomePlans.example(EXAMPLE, "grpc-finding"));

    AnalyzePlanResponse answer = analyzed("grpc-finding");

    PlanReview review = answer.getAnalysis().getReview();
    Finding finding = review.getFindings(0);
    assertThat(finding.getId()).isEqualTo(HAZARD);
    assertThat(finding.getKind()).isEqualTo(FindingKind.FINDING_KIND_WRITE_WRITE);
    assertThat(finding.getSeverity()).isEqualTo(Level.LEVEL_HIGH);
    assertThat(finding.getConfidence()).isEqualTo(Confidence.CONFIDENCE_CERTAIN);
    assertThat(finding.getTasksList()).contains("upload-init");
    assertThat(finding.getEvidenceList())
        .anyMatch(evidence ->
            evidence.getPart().equals("tasks/upload-init/write/src/handlers/posts.rs")
                && evidence.getTask().equals("upload-init")
                && evidence.getLine() > 1
                && evidence.getColumn() > 1);
    Remedy remedy = finding.getRemedies(0);
    assertThat(remedy.getKind()).isEqualTo("split-file");
    assertThat(remedy.getGain().getSeconds()).isEqualTo(8_100);
    assertThat(remedy.getMakespan().getSeconds()).isEqualTo(15_300);
    assertThat(remedy.getChangesList())
        .anyMatch(change ->
            change.hasReplaceAccess()
                && change.getText().contains("no longer writes src/handlers/posts.rs"));
    assertThat(answer.getPoolsMap()).containsEntry("backend", 4);
  }

  @Test
  void theFiguresBeforeAndAfterStandBesideEachOther() {
    create("grpc-figures", SomePlans.example(EXAMPLE, "grpc-figures"));

    Analysis now = analyzed("grpc-figures").getAnalysis();

    Analysis then = now.getReview().getProposal().getAnalysis();
    assertThat(now.getSequential().getSeconds()).isEqualTo(27_000);
    assertThat(now.getCriticalPath().getSeconds()).isEqualTo(15_300);
    assertThat(now.getSchedule().getSeconds()).isEqualTo(23_400);
    assertThat(then.getSchedule().getSeconds()).isEqualTo(15_300);
    assertThat(now.getReview().getProposal().getBestPossible()).isEqualTo(then.getLowerBound());
    assertThat(now.getReview().getProposal().getFindingsList()).contains(HAZARD);
    assertThat(now.getReview().getDecisionsList())
        .anyMatch(decision ->
            decision.getFinding().equals(HAZARD)
                && decision.getFeasible()
                && decision.getRecommendation() == Recommendation.RECOMMENDATION_DO);
    assertThat(then.hasReview()).isFalse();
  }

  @Test
  void wiringSessionsModulesAndChecklistComeAlong() {
    create("grpc-rest", SomePlans.example("unified-platform", "grpc-rest"));

    PlanReview review = analyzed("grpc-rest").getAnalysis().getReview();

    assertThat(review.getWiringList()).hasSize(9);
    assertThat(review.getWiringList())
        .anyMatch(point -> point.getCircleList().containsAll(List.of("build", "secrets")));
    assertThat(review.getSessionsList()).hasSize(6);
    assertThat(review.getSessionsList()).allMatch(session -> session.getLoad().getSeconds() > 0);
    assertThat(review.getModulesList()).allMatch(module -> !module.getPath().isEmpty());
    assertThat(review.getChecklistList()).allMatch(item -> !item.getText().isEmpty());
  }

  @Test
  void anAnalysisByAnOperationIsTheSame() throws IOException {
    create("by-operation", SomePlans.example(EXAMPLE, "by-operation"));
    var operations =
        OperationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    long id =
        operations
            .startOperation(
                StartOperationRequest.newBuilder()
                    .setPlanName("by-operation")
                    .setQuestion(
                        Question.newBuilder().setAnalysis(AnalysisQuestion.getDefaultInstance()))
                    .build())
            .getOperation()
            .getId();
    given().get("/api/v1/operations/" + id + "/events").then().statusCode(200);

    ByteString[] whole = {ByteString.EMPTY};
    operations
        .getOperationResult(GetOperationResultRequest.newBuilder().setOperationId(id).build())
        .forEachRemaining(part -> whole[0] = whole[0].concat(part.getData()));

    assertThat(Result.parseFrom(whole[0]).getAnalysis())
        .isEqualTo(analyzed("by-operation").getAnalysis());
    assertThat(given().get("/api/v1/operations/" + id + "/result").asByteArray())
        .isEqualTo(analysis("by-operation/analysis", "application/json").asByteArray());
  }

  @Test
  void theDescriptionOfTheDoorNamesEveryForm() {
    given()
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body(containsString("text/vnd.mermaid"))
        .body(containsString("image/svg+xml"))
        .body(containsString("AnalysisDocument"))
        .body(containsString("/api/v1/plans/{name}:apply"));
  }

  private AnalyzePlanResponse analyzed(String name) {
    return PlanServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(60, TimeUnit.SECONDS)
        .analyzePlan(AnalyzePlanRequest.newBuilder().setName(name).build());
  }

  private static Response analysis(String path, String accept) {
    return given().accept(accept).get("/api/v1/plans/" + path);
  }

  private static String text(Response answer) {
    return new String(answer.asByteArray(), StandardCharsets.UTF_8);
  }

  private static void create(String name, String plan) {
    given()
        .contentType("application/yaml")
        .queryParam("acceptWarnings", true)
        .queryParam("fileName", "examples/" + name + ".yaml")
        .body(SomePlans.bytes(plan))
        .post("/api/v1/plans")
        .then()
        .statusCode(201);
  }
}
