package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.planner.Violation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal, as RFC 9457 has it.
 *
 * @param reason a stable name for programs, such as {@code PLAN_HAS_ERRORS}
 * @param problems everything that is wrong with the request
 * @param details further facts for programs, by name
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemJson(
    String type,
    String title,
    int status,
    String detail,
    String reason,
    List<Item> problems,
    Map<String, String> details) {

  /** The media type of a refusal. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One thing that is wrong.
   *
   * @param field the field of the request, or the plan's file
   * @param line from 1; left out for fields
   * @param column from 1; left out for fields
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Item(
      String severity,
      String field,
      @Nullable Integer line,
      @Nullable Integer column,
      String kind,
      String message) {

    static Item of(Violation violation) {
      return new Item(
          violation.severity().name().toLowerCase(Locale.ROOT),
          violation.field(),
          violation.at() == null ? null : violation.at().line(),
          violation.at() == null ? null : violation.at().column(),
          violation.kind(),
          violation.message());
    }
  }
}
