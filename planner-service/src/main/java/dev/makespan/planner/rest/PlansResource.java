package dev.makespan.planner.rest;

import dev.makespan.planner.PlanDeletion;
import dev.makespan.planner.PlanSource;
import dev.makespan.planner.Plans;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Plans. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "plans")
@APIResponse(
    responseCode = "400",
    description = "The request is refused, with everything that is wrong with it.",
    content =
        @Content(
            mediaType = ProblemJson.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemJson.class)))
public class PlansResource {

  private final Plans plans;

  private final PlanDeletion deletion;

  PlansResource(Plans plans, PlanDeletion deletion) {
    this.plans = plans;
    this.deletion = deletion;
  }

  /** Stores a plan; its body is the file, YAML or JSON. */
  @POST
  @Path("plans")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(responseCode = "201")
  public Response create(
      byte[] file,
      @HeaderParam("Idempotency-Key") @DefaultValue("") String requestId,
      @QueryParam("acceptWarnings") @DefaultValue("false") boolean acceptWarnings,
      @QueryParam("fileName") @DefaultValue("plan.yaml") String fileName) {
    return Problems.response(
        plans.create(requestId, new PlanSource(fileName, file), acceptWarnings),
        created ->
            Response.status(Response.Status.CREATED).entity(PlanJson.Created.of(created)).build());
  }

  /**
   * Stores an edited file as the next version, when {@code expectedVersion}, the one that was
   * edited, is still the newest; 409 PLAN_CHANGED when it is not.
   */
  @POST
  @Path("plans/{name: [^/:]+}:amend")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(responseCode = "201")
  public Response amend(
      @PathParam("name") String name,
      byte[] file,
      @HeaderParam("Idempotency-Key") @DefaultValue("") String requestId,
      @QueryParam("expectedVersion") @DefaultValue("0") int expectedVersion,
      @QueryParam("acceptWarnings") @DefaultValue("false") boolean acceptWarnings,
      @QueryParam("fileName") @DefaultValue("plan.yaml") String fileName) {
    PlanSource source = new PlanSource(fileName, file);
    return Problems.response(
        plans.amend(requestId, name, expectedVersion, source, acceptWarnings),
        created ->
            Response.status(Response.Status.CREATED).entity(PlanJson.Created.of(created)).build());
  }

  /** Reports every problem of a file; stores nothing. */
  @POST
  @Path("plans:check")
  @Consumes(MediaType.WILDCARD)
  public Response check(
      byte[] file, @QueryParam("fileName") @DefaultValue("plan.yaml") String fileName) {
    return Problems.response(
        plans.check(new PlanSource(fileName, file)),
        found ->
            Response.ok(new PlanJson.Checked(found.stream().map(ProblemJson.Item::of).toList()))
                .build());
  }

  /** The newest version of each plan, by name. */
  @GET
  @Path("plans")
  public Response list(
      @QueryParam("pageSize") @DefaultValue("0") int pageSize,
      @QueryParam("pageToken") @DefaultValue("") String pageToken) {
    return Problems.response(
        plans.plans(pageSize, pageToken), page -> Response.ok(PlanJson.Listed.of(page)).build());
  }

  /** The newest version. */
  @GET
  @Path("plans/{name}")
  public Response get(@PathParam("name") String name) {
    return version(name, 0);
  }

  /** The versions of a plan, newest first. */
  @GET
  @Path("plans/{name}/versions")
  public Response versions(
      @PathParam("name") String name,
      @QueryParam("pageSize") @DefaultValue("0") int pageSize,
      @QueryParam("pageToken") @DefaultValue("") String pageToken) {
    return Problems.response(
        plans.versions(name, pageSize, pageToken),
        page -> Response.ok(PlanJson.Versions.of(page)).build());
  }

  /** Deletes a plan with all its versions; refused while a run of it is live. */
  @DELETE
  @Path("plans/{name}")
  public Response delete(
      @PathParam("name") String name,
      @QueryParam("allowMissing") @DefaultValue("false") boolean allowMissing) {
    return deleteVersion(name, 0, allowMissing);
  }

  /** Deletes one version, whose number is not given again. */
  @DELETE
  @Path("plans/{name}/versions/{version: [1-9][0-9]{0,8}}")
  public Response deleteVersion(
      @PathParam("name") String name,
      @PathParam("version") int version,
      @QueryParam("allowMissing") @DefaultValue("false") boolean allowMissing) {
    return Problems.response(
        deletion.delete(name, version, allowMissing),
        deleted -> Response.ok(new PlanJson.Deleted(deleted)).build());
  }

  /** The file of a version as its author wrote it. */
  @GET
  @Path("plans/{name}/versions/{version}/source")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response source(@PathParam("name") String name, @PathParam("version") int version) {
    return Problems.response(
        plans.plan(name, version), opened -> Response.ok(opened.source().content()).build());
  }

  @GET
  @Path("plans/{name}/versions/{version}")
  public Response version(@PathParam("name") String name, @PathParam("version") int version) {
    return Problems.response(
        plans.plan(name, version), opened -> Response.ok(PlanJson.Opened.of(opened)).build());
  }
}
