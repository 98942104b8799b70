package dev.makespan.planner.rest;

import com.fasterxml.jackson.core.JacksonException;
import dev.makespan.planner.Answer;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.StoreUnavailable;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place that knows HTTP statuses: answers and failures as responses. */
public class Problems {

  private static final Logger LOG = Logger.getLogger(Problems.class);
  private static final String TYPE = "https://makespan.dev/problems/";

  /** The response to an answer; a refusal is a problem. */
  static <T> Response response(Answer<T> answer, Function<T, Response> ok) {
    return switch (answer) {
      case Answer.Given<T>(T value) -> ok.apply(value);
      case Answer.Refused<T>(Refusal refusal) -> response(refusal);
    };
  }

  static Response response(Refusal refusal) {
    Response response = response(json(refusal));
    Duration retryAfter = refusal.retryAfter();
    return retryAfter == null
        ? response
        : Response.fromResponse(response)
            .header(HttpHeaders.RETRY_AFTER, wholeSeconds(retryAfter))
            .build();
  }

  /** HTTP knows no parts of a second; sooner than was asked for nobody shall come. */
  private static long wholeSeconds(Duration delay) {
    return delay.plusSeconds(1).minusNanos(1).toSeconds();
  }

  static ProblemJson json(Refusal refusal) {
    return problem(
        statusOf(refusal.kind()),
        refusal.reason(),
        refusal.message(),
        refusal.violations().stream().map(ProblemJson.Item::of).toList(),
        refusal.details());
  }

  /**
   * @param offered the media types that there are
   * @param accepted those that were asked for
   */
  static Response notAcceptable(String offered, @Nullable String accepted) {
    return response(
        problem(
            Response.Status.NOT_ACCEPTABLE.getStatusCode(),
            "NOT_ACCEPTABLE",
            "expected Accept to name one of %s, was %s".formatted(offered, accepted),
            List.of(),
            Map.of("offered", offered)));
  }

  @ServerExceptionMapper
  Response unreadable(WebApplicationException failure) {
    int status = failure.getResponse().getStatus();
    if (failure.getResponse().getEntity() instanceof ProblemJson) {
      return failure.getResponse();
    }
    Throwable cause = failure.getCause();
    String detail =
        cause instanceof JacksonException json
            ? json.getOriginalMessage()
            : failure.getResponse().getStatusInfo().getReasonPhrase();
    return simple(status, "HTTP_" + status, detail);
  }

  @ServerExceptionMapper
  Response notJson(JacksonException failure) {
    return simple(400, "INVALID_JSON", failure.getOriginalMessage());
  }

  @ServerExceptionMapper
  Response storeAway(StoreUnavailable failure) {
    return response(
        Refusal.of(
            Refusal.Kind.UNAVAILABLE,
            "DATABASE_UNREACHABLE",
            String.valueOf(failure.getMessage())));
  }

  /** It says that it broke, and nothing of how. */
  @ServerExceptionMapper
  Response broken(Throwable failure) {
    LOG.error("a request broke", failure);
    return simple(500, "INTERNAL", "the planner broke; its log says why");
  }

  private static Response response(ProblemJson problem) {
    return Response.status(problem.status()).type(ProblemJson.MEDIA_TYPE).entity(problem).build();
  }

  private static Response simple(int status, String reason, String detail) {
    return response(problem(status, reason, detail, List.of(), Map.of()));
  }

  private static int statusOf(Refusal.Kind kind) {
    return switch (kind) {
      case INVALID -> 400;
      case NOT_FOUND -> 404;
      case CONFLICT, PRECONDITION, STALE -> 409;
      case EXHAUSTED -> 429;
      case UNAVAILABLE -> 503;
    };
  }

  private static ProblemJson problem(
      int status,
      String reason,
      String detail,
      List<ProblemJson.Item> problems,
      Map<String, String> details) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return new ProblemJson(TYPE + reason, title, status, detail, reason, problems, details);
  }
}
