package dev.makespan.planner.rest;

import dev.makespan.formats.analysis.AnalysisDocument;
import dev.makespan.formats.analysis.AnalyzedPlan;
import dev.makespan.formats.analysis.FindingDocument;
import dev.makespan.formats.analysis.ReviewDocument;
import dev.makespan.planner.FindingApplication;
import dev.makespan.planner.Question;
import dev.makespan.planner.Questions;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.Violation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Analyses of plans in the forms of {@code makespan analyze}, by the header {@code Accept}, and
 * what {@code makespan apply} does. JSON is the very JSON of the command.
 */
@Path("/api/v1")
@RunOnVirtualThread
@Tag(name = "analyses")
@APIResponse(
    responseCode = "400",
    description = "The request is refused, with everything that is wrong with it.",
    content =
        @Content(
            mediaType = ProblemJson.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemJson.class)))
@RegisterForReflection(
    targets = {
      AnalysisDocument.class,
      AnalysisDocument.Planned.class,
      AnalysisDocument.Risky.class,
      FindingDocument.class,
      FindingDocument.Proof.class,
      FindingDocument.Cure.class,
      FindingDocument.Change.class,
      ReviewDocument.Proposal.class,
      ReviewDocument.Decision.class,
      ReviewDocument.Module.class,
      ReviewDocument.Wiring.class,
      ReviewDocument.Session.class,
      ReviewDocument.Check.class
    })
public class AnalysisResource {

  /** Of a text, when nobody says how wide it may be. */
  private static final String COLUMNS = "100";

  private static final int MIN_COLUMNS = 30;
  private static final int MAX_COLUMNS = 1_000;

  /** Which version was analysed. */
  private static final String VERSION_HEADER = "Makespan-Plan-Version";

  private final Questions questions;
  private final FindingApplication application;

  AnalysisResource(Questions questions, FindingApplication application) {
    this.questions = questions;
    this.application = application;
  }

  /** Analyses the newest version, or another, with the plan's pools. */
  @GET
  @Path("plans/{name}/analysis")
  @Produces(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      description = "The analysis, in the best form of those that Accept names; JSON for */*.",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = AnalysisDocument.class)),
        @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
        @Content(
            mediaType = AnalysisForm.MARKDOWN_TYPE,
            schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = AnalysisForm.MERMAID_TYPE, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = AnalysisForm.SVG_TYPE, schema = @Schema(type = SchemaType.STRING))
      })
  @APIResponse(
      responseCode = "406",
      description = "Accept names none of these forms; the problem's details say what is offered.",
      content =
          @Content(
              mediaType = ProblemJson.MEDIA_TYPE,
              schema = @Schema(implementation = ProblemJson.class)))
  public Response analysis(
      @PathParam("name") String name,
      @QueryParam("version") @DefaultValue("0") int version,
      @Parameter(
              description =
                  "What a picture shows (text/vnd.mermaid, image/svg+xml): timeline, the schedule"
                      + " before and after; graph, the needs with the critical path.")
          @QueryParam("view")
          @DefaultValue("")
          String view,
      @Parameter(description = "How wide a text/plain is, 30 to 1000.")
          @QueryParam("columns")
          @DefaultValue(COLUMNS)
          int columns,
      @Context HttpHeaders headers) {
    return analyze(name, version, view, columns, Map.of(), headers);
  }

  /**
   * As the analysis, with other pools: a body such as {@code {"backend": 2}}, or none; and in the
   * same forms.
   */
  @POST
  @Path("plans/{name: [^/:]+}:analyze")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = AnalysisDocument.class)))
  public Response analyze(
      @PathParam("name") String name,
      @QueryParam("version") @DefaultValue("0") int version,
      @QueryParam("view") @DefaultValue("") String view,
      @QueryParam("columns") @DefaultValue(COLUMNS) int columns,
      @Nullable Map<String, Integer> pools,
      @Context HttpHeaders headers) {
    Optional<AnalysisForm> form = AnalysisForm.of(headers.getAcceptableMediaTypes());
    if (form.isEmpty()) {
      return Problems.notAcceptable(
          AnalysisForm.offered(), headers.getHeaderString(HttpHeaders.ACCEPT));
    }
    List<Violation> wrong = violations(form.get(), view, columns);
    return wrong.isEmpty()
        ? Problems.response(
            questions.answer(
                name, version, new Question.Analysis(pools == null ? Map.of() : pools)),
            answered -> response(answered, form.get(), viewOf(view), columns))
        : Problems.response(Refusal.invalid(wrong));
  }

  /**
   * Writes what findings propose into the plan's file, comments kept, and stores that as the next
   * version; with {@code dryRun} it only says what would be written.
   */
  @POST
  @Path("plans/{name: [^/:]+}:apply")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "What would be written: a dry run.",
      content = @Content(schema = @Schema(implementation = ApplicationJson.class)))
  @APIResponse(
      responseCode = "201",
      description = "What was written, as the next version.",
      content = @Content(schema = @Schema(implementation = ApplicationJson.class)))
  public Response apply(
      @PathParam("name") String name,
      @HeaderParam("Idempotency-Key") @DefaultValue("") String requestId,
      ApplicationJson.@Nullable Wish body) {
    FindingApplication.Wish wish = ApplicationJson.wishOf(requestId, name, body);
    return Problems.response(
        application.apply(wish),
        applied ->
            Response.status(wish.dryRun() ? Response.Status.OK : Response.Status.CREATED)
                .entity(ApplicationJson.of(applied))
                .build());
  }

  private static List<Violation> violations(AnalysisForm form, String view, int columns) {
    if (columns < MIN_COLUMNS || columns > MAX_COLUMNS) {
      return List.of(
          Violation.of(
              "columns", "expected %d to %d, was %d".formatted(MIN_COLUMNS, MAX_COLUMNS, columns)));
    }
    boolean known = view.isEmpty() || view.equals("timeline") || view.equals("graph");
    if (!known) {
      return List.of(Violation.of("view", "expected timeline or graph, was '" + view + "'"));
    }
    return view.isEmpty() || form.isPicture()
        ? List.of()
        : List.of(
            Violation.of(
                "view", "expected text/vnd.mermaid or image/svg+xml to be accepted beside it"));
  }

  private static AnalysisForm.View viewOf(String view) {
    return view.equals("graph") ? AnalysisForm.View.GRAPH : AnalysisForm.View.TIMELINE;
  }

  private static Response response(
      Questions.Answered answered, AnalysisForm form, AnalysisForm.View view, int columns) {
    AnalyzedPlan analyzed = ResultJson.analyzed(answered);
    return Response.ok(form.of(analyzed, view, columns), form.contentType())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header(VERSION_HEADER, answered.plan().version())
        .build();
  }
}
