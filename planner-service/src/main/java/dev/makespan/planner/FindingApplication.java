package dev.makespan.planner;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.formats.edit.ChosenRemedies;
import dev.makespan.formats.edit.PlanEditor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what findings propose into a stored plan's file, and makes that its next version. What it
 * says of time is what the analyses of both versions say.
 */
public final class FindingApplication {

  /** Most findings that are applied at once. */
  static final int MAX_FINDINGS = 1_000;

  /** Longest id of a finding and of a kind of remedy: it may hold a path. */
  static final int MAX_WORD = 2_000;

  /**
   * What a client wants to have applied.
   *
   * @param requestId the same id yields the first answer; empty: none
   * @param version whose findings are meant; 0, when nothing is stored: the newest
   * @param findings by their ids, in the order in which they are applied
   * @param all in the place of findings: those that win time together
   * @param remedy another kind of remedy than the recommended one; empty: the recommended ones
   * @param pools role → slots that the analysis is made for; roles left out keep the plan's
   * @param dryRun stores nothing
   */
  public record Wish(
      String requestId,
      String name,
      int version,
      List<String> findings,
      boolean all,
      String remedy,
      Map<String, Integer> pools,
      boolean dryRun) {
    public Wish {
      findings = List.copyOf(findings);
    }
  }

  /**
   * What was applied.
   *
   * @param plan the new version; the old one when nothing is stored
   * @param source the changed file
   * @param promised of the schedule with the changes; null: nobody priced them together
   */
  public record Applied(
      StoredPlan plan,
      PlanSource source,
      List<PlanChange> changes,
      Duration before,
      @Nullable Duration promised,
      Duration after,
      List<Violation> warnings) {
    public Applied {
      changes = List.copyOf(changes);
      warnings = List.copyOf(warnings);
    }
  }

  /** A plan that was analysed, and what is to change in it. */
  private record Chosen(
      Questions.Answered answered, Duration before, ChosenRemedies.Found remedies) {}

  /** A changed plan that is not stored. */
  private record Edited(Chosen chosen, Plans.Opened changed, List<Violation> warnings) {}

  private final Plans plans;
  private final Questions questions;
  private final PlanFiles files;
  private final Computation computation;

  FindingApplication(Plans plans, Questions questions, PlanFiles files, Computation computation) {
    this.plans = plans;
    this.questions = questions;
    this.files = files;
    this.computation = computation;
  }

  /** Blocks until both versions are analysed. */
  public Answer<Applied> apply(Wish wish) {
    List<Violation> wrong = violations(wish);
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    return questions
        .answer(wish.name(), wish.version(), new Question.Analysis(wish.pools()))
        .then(answered -> chosen(wish, answered))
        .then(this::edited)
        .then(edited -> applied(wish, edited));
  }

  private static List<Violation> violations(Wish wish) {
    Texts texts =
        new Texts()
            .id("request_id", wish.requestId())
            .line("remedy", wish.remedy(), MAX_WORD)
            .require(
                wish.version() > 0 || wish.dryRun(),
                "version",
                "expected the version whose findings are applied, from 1, was " + wish.version())
            .require(
                wish.findings().size() <= MAX_FINDINGS,
                "findings",
                "expected at most " + MAX_FINDINGS + ", was " + wish.findings().size())
            .require(wish.all() == wish.findings().isEmpty(), "findings", "expected ids, or all")
            .require(wish.remedy().isEmpty() || !wish.all(), "remedy", "expected none beside all");
    wish.findings().stream()
        .limit(MAX_FINDINGS)
        .forEach(finding -> texts.line("findings", finding, MAX_WORD));
    return texts.violations();
  }

  private static Answer<Chosen> chosen(Wish wish, Questions.Answered answered) {
    Result.Analyzed analyzed = analyzed(answered);
    PlanReview review = analyzed.review();
    return switch (wish.all()
        ? ChosenRemedies.all(review)
        : ChosenRemedies.of(review, wish.findings(), wish.remedy())) {
      case ChosenRemedies.Found found ->
          Answer.of(new Chosen(answered, analyzed.analysis().schedule(), found));
      case ChosenRemedies.Unknown(String message) ->
          Answer.refused(Refusal.of(Refusal.Kind.NOT_FOUND, "FINDING_NOT_FOUND", message));
      case ChosenRemedies.Nothing(String message) ->
          Answer.refused(Refusal.of(Refusal.Kind.PRECONDITION, "NOTHING_TO_APPLY", message));
    };
  }

  private Answer<Edited> edited(Chosen chosen) {
    PlanSource before = chosen.answered().opened().source();
    return computation
        .run(() -> PlanEditor.edit(before.content(), chosen.remedies().changes()))
        .then(edited ->
            switch (edited) {
              case PlanEditor.Edited.Refused(String reason) ->
                  Answer.refused(
                      Refusal.of(Refusal.Kind.PRECONDITION, "PLAN_NOT_EDITABLE", reason));
              case PlanEditor.Edited.Done(String text, var _) ->
                  changed(
                      chosen,
                      new PlanSource(before.fileName(), text.getBytes(StandardCharsets.UTF_8)));
            });
  }

  /** Its warnings are what its author accepted before, or follow from what is asked for now. */
  private Answer<Edited> changed(Chosen chosen, PlanSource source) {
    StoredPlan old = chosen.answered().plan();
    return files
        .accepted(source, true)
        .map(accepted ->
            new Edited(
                chosen,
                new Plans.Opened(
                    new StoredPlan(
                        old.name(),
                        old.version(),
                        old.title(),
                        accepted.plan().tasks().size(),
                        source.hash(),
                        old.createTime()),
                    accepted.plan(),
                    source),
                PlanFiles.violations(source, accepted.problems())));
  }

  /** Nothing is stored before the time with the changes is known. */
  private Answer<Applied> applied(Wish wish, Edited edited) {
    Chosen chosen = edited.chosen();
    return questions
        .answer(edited.changed(), new Question.Analysis(pools(chosen)))
        .then(after ->
            store(wish, edited)
                .map(stored ->
                    new Applied(
                        stored,
                        edited.changed().source(),
                        chosen.remedies().changes(),
                        chosen.before(),
                        chosen.remedies().promised(),
                        analyzed(after).analysis().schedule(),
                        edited.warnings())));
  }

  private Answer<StoredPlan> store(Wish wish, Edited edited) {
    return wish.dryRun()
        ? Answer.of(edited.chosen().answered().plan())
        : plans
            .amend(wish.requestId(), wish.name(), wish.version(), edited.changed().source(), true)
            .map(Plans.Created::plan);
  }

  /** A pool that the changes set counts more than what was asked for. */
  private static Map<String, Integer> pools(Chosen chosen) {
    Map<String, Integer> pools = new LinkedHashMap<>(chosen.answered().question().pools());
    for (PlanChange change : chosen.remedies().changes()) {
      if (change instanceof PlanChange.SetPool set) {
        pools.put(set.role().value(), set.slots());
      }
    }
    return pools;
  }

  private static Result.Analyzed analyzed(Questions.Answered answered) {
    return switch (answered.result()) {
      case Result.Analyzed analyzed -> analyzed;
      case Result.Scheduled _, Result.Drawn _, Result.Forecasted _ ->
          throw new IllegalStateException("an analysis was asked for");
    };
  }
}
