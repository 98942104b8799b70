package dev.makespan.planner;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Checks, stores, finds and analyses plans. */
public final class Plans {

  /** Largest plan file. The limits of the doors' messages leave a megabyte beside it. */
  public static final int MAX_SOURCE_BYTES = 32 * 1024 * 1024;

  /** A stored plan with what its author was warned of. */
  public record Created(StoredPlan plan, List<Violation> warnings) {
    public Created {
      warnings = List.copyOf(warnings);
    }
  }

  /** A stored plan with its content, read again. */
  public record Opened(StoredPlan stored, Plan plan, PlanSource source) {}

  /** What a stored plan comes to. */
  public record Analyzed(StoredPlan stored, PlanAnalysis analysis) {}

  private final Function<byte[], CheckedPlan> reader;
  private final PlanStore store;
  private final Computation computation;
  private final Analyses analyses;

  Plans(
      Function<byte[], CheckedPlan> reader,
      PlanStore store,
      Computation computation,
      Analyses analyses) {
    this.reader = reader;
    this.store = store;
    this.computation = computation;
    this.analyses = analyses;
  }

  /** Every problem of a file; stores nothing. */
  public Answer<List<Violation>> check(PlanSource source) {
    return read(source).map(checked -> violations(source, checked.problems()));
  }

  /**
   * Stores a plan as a new version, unless its content is the newest version's.
   *
   * @param requestId the same id yields the first answer; empty: none
   */
  public Answer<Created> create(String requestId, PlanSource source, boolean acceptWarnings) {
    List<Violation> wrong = new Texts().id("request_id", requestId).violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    return read(source)
        .then(checked -> accepted(source, checked, acceptWarnings))
        .then(accepted -> keep(requestId, source, accepted, acceptWarnings));
  }

  /** Version 0 is the newest. */
  public Answer<Opened> plan(String name, int version) {
    return version(name, version).then(this::open);
  }

  /**
   * Analyses a stored version; 0 is the newest.
   *
   * @param pools role → slots; roles left out keep the plan's pools
   */
  public Answer<Analyzed> analyze(String name, int version, Map<String, Integer> pools) {
    return plan(name, version)
        .then(opened ->
            Pools.of(opened.plan(), pools)
                .then(slots -> analyses.of(opened.plan(), slots))
                .map(analysis -> new Analyzed(opened.stored(), analysis)));
  }

  /** The newest version of each plan, by name. */
  public Answer<Page<StoredPlan>> plans(int pageSize, String pageToken) {
    List<Violation> wrong =
        new Texts()
            .require(
                Page.isSize(pageSize),
                "page_size",
                "expected 0 to " + Page.MAX_SIZE + ", was " + pageSize)
            .require(
                PageToken.nameOf(pageToken).isPresent(),
                "page_token",
                "expected next_page_token of an earlier answer")
            .violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    int size = Page.sizeOf(pageSize);
    List<StoredPlan> found = store.newest(PageToken.nameOf(pageToken).orElseThrow(), size + 1);
    boolean more = found.size() > size;
    List<StoredPlan> items = more ? found.subList(0, size) : found;
    return Answer.of(new Page<>(items, more ? PageToken.after(items.getLast().name()) : ""));
  }

  private Answer<CheckedPlan> read(PlanSource source) {
    List<Violation> wrong =
        new Texts().line("source.file_name", source.fileName(), Texts.MAX_FILE_NAME).violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    if (source.content().length > MAX_SOURCE_BYTES) {
      return Answer.refused(
          Refusal.of(
              Refusal.Kind.EXHAUSTED,
              "PLAN_TOO_LARGE",
              "expected a plan file of at most "
                  + MAX_SOURCE_BYTES
                  + " bytes, was "
                  + source.content().length));
    }
    return computation.run(() -> reader.apply(source.content()));
  }

  private static Answer<CheckedPlan.Accepted> accepted(
      PlanSource source, CheckedPlan checked, boolean acceptWarnings) {
    return switch (checked) {
      case CheckedPlan.Refused refused -> Answer.refused(refusal(source, refused.problems()));
      case CheckedPlan.Accepted plan when !acceptWarnings && hasWarnings(plan) ->
          Answer.refused(refusal(source, plan.problems()));
      case CheckedPlan.Accepted plan -> Answer.of(plan);
    };
  }

  private static boolean hasWarnings(CheckedPlan.Accepted plan) {
    return plan.problems().stream().anyMatch(p -> p.severity() == Problem.Severity.WARNING);
  }

  private static Refusal refusal(PlanSource source, List<Problem> problems) {
    long errors = problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
    List<Violation> violations = violations(source, problems);
    String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
    return new Refusal(
        Refusal.Kind.INVALID,
        errors > 0 ? "PLAN_HAS_ERRORS" : "PLAN_HAS_WARNINGS",
        violations.getFirst()
            + more
            + (errors > 0 ? "" : "; accept_warnings stores it all the same"),
        violations,
        Map.of());
  }

  private static List<Violation> violations(PlanSource source, List<Problem> problems) {
    return problems.stream().map(problem -> Violation.of(source.fileName(), problem)).toList();
  }

  private Answer<Created> keep(
      String requestId, PlanSource source, CheckedPlan.Accepted accepted, boolean acceptWarnings) {
    String requestHash = source.hash() + (acceptWarnings ? "+" : "-");
    return store
        .create(
            new PlanStore.Creation(
                accepted.plan(), source, requestId.isEmpty() ? null : requestId, requestHash))
        .map(stored -> new Created(stored, violations(source, accepted.problems())));
  }

  private Answer<PlanStore.Version> version(String name, int version) {
    List<Violation> wrong =
        new Texts()
            .id("name", name)
            .require(version >= 0, "version", "expected 0 or more, was " + version)
            .violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    return store
        .findVersion(name, version)
        .map(Answer::of)
        .orElseGet(() -> Answer.refused(notFound(name, version)));
  }

  private static Refusal notFound(String name, int version) {
    String which = version == 0 ? "" : " with version " + version;
    return Refusal.of(Refusal.Kind.NOT_FOUND, "PLAN_NOT_FOUND", "no plan '" + name + "'" + which);
  }

  /** A stored file was accepted once; a newer reader that refuses it says why. */
  private Answer<Opened> open(PlanStore.Version version) {
    return read(version.source())
        .then(checked -> accepted(version.source(), checked, true))
        .map(accepted -> new Opened(version.plan(), accepted.plan(), version.source()));
  }
}
