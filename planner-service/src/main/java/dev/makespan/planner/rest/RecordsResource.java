package dev.makespan.planner.rest;

import dev.makespan.planner.Answer;
import dev.makespan.planner.ArtifactFact;
import dev.makespan.planner.RecordClient;
import dev.makespan.planner.Records;
import dev.makespan.planner.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What attempts at tasks have left behind. */
@Path("/api/v1/runs/{id: [0-9]+}/tasks/{task: [^/:]+}")
@RunOnVirtualThread
@Tag(name = "records")
public class RecordsResource {

  private static final String TEXT = "text/plain; charset=utf-8";

  private final Records records;

  RecordsResource(Records records) {
    this.records = records;
  }

  /**
   * The output of an attempt, by default the newest, as text with a line where something was
   * dropped.
   *
   * @param follow goes on while the attempt does
   */
  @GET
  @Path("logs")
  @Produces({TEXT, ProblemJson.MEDIA_TYPE})
  public Response logs(
      @PathParam("id") long id,
      @PathParam("task") String task,
      @QueryParam("attempt") @DefaultValue("0") int attempt,
      @QueryParam("after") @DefaultValue("0") long after,
      @QueryParam("follow") @DefaultValue("false") boolean follow,
      @Context HttpServerRequest client) {
    Records.Wish asked = new Records.Wish(id, task, attempt);
    return Problems.response(
        records.attempt(asked),
        number ->
            data(TEXT)
                .header("Makespan-Attempt", number)
                .entity(text(new Records.Wish(id, task, number), after, follow, client))
                .build());
  }

  private StreamingOutput text(
      Records.Wish wish, long after, boolean follow, HttpServerRequest client) {
    return new ReadOut(
        client, out -> records.log(wish, after, follow, new LogText(out, after == 0 ? 0 : -1)));
  }

  /** Files of an attempt, by default the newest, by name. */
  @GET
  @Path("artifacts")
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ArtifactJson.Listed.class)))
  public Response artifacts(
      @PathParam("id") long id,
      @PathParam("task") String task,
      @QueryParam("attempt") @DefaultValue("0") int attempt) {
    return Problems.response(
        records.artifacts(new Records.Wish(id, task, attempt)),
        all -> Response.ok(ArtifactJson.Listed.of(all)).build());
  }

  /** The content of one, whose name may be a path. */
  @GET
  @Path("artifacts/{name: .+}")
  @Produces({MediaType.APPLICATION_OCTET_STREAM, ProblemJson.MEDIA_TYPE})
  public Response artifact(
      @PathParam("id") long id,
      @PathParam("task") String task,
      @PathParam("name") String name,
      @QueryParam("attempt") @DefaultValue("0") int attempt,
      @Context HttpServerRequest client) {
    Records.Wish wish = new Records.Wish(id, task, attempt);
    return Problems.response(
        records.artifacts(wish).then(all -> named(all, name)),
        found ->
            data(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, found.bytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .header(HttpHeaders.ETAG, "\"" + found.sha256() + "\"")
                .entity(content(new Records.Wish(id, task, found.attempt()), name, client))
                .build());
  }

  /**
   * An address in the store itself, for a while.
   *
   * @param lifetimeSeconds 0: what the gateway likes
   */
  @GET
  @Path("artifact-links/{name: .+}")
  @Produces(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ArtifactLinkJson.class)))
  public Response link(
      @PathParam("id") long id,
      @PathParam("task") String task,
      @PathParam("name") String name,
      @QueryParam("attempt") @DefaultValue("0") int attempt,
      @QueryParam("lifetimeSeconds") @DefaultValue("0") int lifetimeSeconds) {
    return Problems.response(
        records.link(
            new Records.Wish(id, task, attempt), name, Duration.ofSeconds(lifetimeSeconds)),
        link ->
            Response.ok(ArtifactLinkJson.of(link))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build());
  }

  private static Answer<ArtifactFact> named(List<ArtifactFact> all, String name) {
    return all.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .map(Answer::of)
        .orElseGet(() ->
            Answer.refused(
                Refusal.of(
                    Refusal.Kind.NOT_FOUND,
                    "ARTIFACT_NOT_FOUND",
                    "the attempt has left no artifact " + name)));
  }

  private StreamingOutput content(Records.Wish wish, String name, HttpServerRequest client) {
    return new ReadOut(client, out -> records.artifact(wish, name, new ToStream(out)));
  }

  /** An agent has written it: no browser shall make anything of it. */
  private static Response.ResponseBuilder data(String type) {
    return Response.ok().type(type).header("X-Content-Type-Options", "nosniff");
  }

  private record ToStream(OutputStream out) implements RecordClient.ContentTaker {

    @Override
    public boolean begin(ArtifactFact artifact) {
      return true;
    }

    @Override
    public boolean take(ByteBuffer part) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      try {
        out.write(bytes);
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
