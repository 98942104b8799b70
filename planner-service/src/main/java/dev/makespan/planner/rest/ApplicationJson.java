package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.formats.analysis.FindingDocument;
import dev.makespan.planner.FindingApplication;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was applied.
 *
 * @param plan the new version; of a dry run the one that it would be made from
 * @param source the changed file's text
 * @param scheduleSecondsPromised left out: nobody priced these changes together
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationJson(
    PlanJson plan,
    String fileName,
    String source,
    List<FindingDocument.Change> changes,
    double scheduleSecondsBefore,
    @Nullable Double scheduleSecondsPromised,
    double scheduleSecondsAfter,
    List<ProblemJson.Item> warnings) {

  /**
   * What a client wants to have applied.
   *
   * @param version whose findings are meant; left out, with dryRun only: the newest
   * @param findings ids of findings
   * @param all in the place of findings: the remedies that win time together
   * @param remedy another kind of remedy than the recommended one
   * @param pools role → slots that the analysis is made for
   * @param dryRun says what would be written, and stores nothing
   */
  @RegisterForReflection
  public record Wish(
      @Nullable Integer version,
      @Nullable List<String> findings,
      @Nullable Boolean all,
      @Nullable String remedy,
      @Nullable Map<String, Integer> pools,
      @Nullable Boolean dryRun) {}

  static FindingApplication.Wish wishOf(String requestId, String name, @Nullable Wish body) {
    Wish said = body == null ? new Wish(null, null, null, null, null, null) : body;
    return new FindingApplication.Wish(
        requestId,
        name,
        said.version() == null ? 0 : said.version(),
        said.findings() == null ? List.of() : said.findings(),
        said.all() != null && said.all(),
        said.remedy() == null ? "" : said.remedy(),
        said.pools() == null ? Map.of() : said.pools(),
        said.dryRun() != null && said.dryRun());
  }

  static ApplicationJson of(FindingApplication.Applied applied) {
    return new ApplicationJson(
        PlanJson.of(applied.plan()),
        applied.source().fileName(),
        new String(applied.source().content(), StandardCharsets.UTF_8),
        applied.changes().stream().map(FindingDocument.Change::of).toList(),
        Seconds.of(applied.before()),
        Seconds.ofNullable(applied.promised()),
        Seconds.of(applied.after()),
        applied.warnings().stream().map(ProblemJson.Item::of).toList());
  }
}
