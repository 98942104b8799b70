package dev.makespan.planner;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import java.util.List;

/** Checks, stores, amends and finds plans. */
public final class Plans {

  /** Largest plan file. The limits of the doors' messages leave a megabyte beside it. */
  public static final int MAX_SOURCE_BYTES = 32 * 1024 * 1024;

  /** A stored plan with what its author was warned of. */
  public record Created(StoredPlan plan, List<Violation> warnings) {
    public Created {
      warnings = List.copyOf(warnings);
    }
  }

  /** A stored plan with its content. */
  public record Opened(StoredPlan stored, Plan plan, PlanSource source) {}

  private final PlanFiles files;
  private final PlanStore store;
  private final OpenedPlans opened;

  Plans(PlanFiles files, PlanStore store, OpenedPlans opened) {
    this.files = files;
    this.store = store;
    this.opened = opened;
  }

  /** Every problem of a file; stores nothing. */
  public Answer<List<Violation>> check(PlanSource source) {
    return files.read(source).map(checked -> PlanFiles.violations(source, checked.problems()));
  }

  /**
   * Stores a plan as a new version, unless its content is the newest version's.
   *
   * @param requestId the same id yields the first answer; empty: none
   */
  public Answer<Created> create(String requestId, PlanSource source, boolean acceptWarnings) {
    List<Violation> wrong = new Texts().id("request_id", requestId).violations();
    return wrong.isEmpty()
        ? files
            .accepted(source, acceptWarnings)
            .then(accepted -> keep(requestId, source, accepted, acceptWarnings, 0))
        : Answer.refused(Refusal.invalid(wrong));
  }

  /**
   * Stores an edited file as the next version of its plan, when {@code expectedVersion} is still
   * the newest.
   *
   * @param requestId the same id yields the first answer; empty: none
   */
  public Answer<Created> amend(
      String requestId,
      String name,
      int expectedVersion,
      PlanSource source,
      boolean acceptWarnings) {
    List<Violation> wrong =
        new Texts()
            .id("request_id", requestId)
            .id("name", name)
            .require(!name.isEmpty(), "name", "expected a plan's name, was empty")
            .require(
                expectedVersion > 0,
                "expected_version",
                "expected the version that was edited, from 1, was " + expectedVersion)
            .violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    return files
        .accepted(source, acceptWarnings)
        .then(accepted -> ofPlan(name, accepted))
        .then(accepted -> keep(requestId, source, accepted, acceptWarnings, expectedVersion));
  }

  /** Version 0 is the newest. */
  public Answer<Opened> plan(String name, int version) {
    return find(name, version).then(this::open);
  }

  /** What is known of a version without reading its file; version 0 is the newest. */
  public Answer<StoredPlan> stored(String name, int version) {
    return find(name, version).map(PlanStore.Version::plan);
  }

  /** The name of a version's file; version 0 is the newest. */
  public Answer<String> fileName(String name, int version) {
    return find(name, version).map(PlanStore.Version::fileName);
  }

  /** The newest version of each plan, by name. */
  public Answer<Page<StoredPlan>> plans(int pageSize, String pageToken) {
    return PageToken.check(new Texts(), pageSize, pageToken)
        .map(after -> {
          int size = Page.sizeOf(pageSize);
          return Page.of(store.newest(after, size + 1), size, PageToken::after);
        });
  }

  /** The versions of a plan, newest first. */
  public Answer<Page<StoredPlan>> versions(String name, int pageSize, String pageToken) {
    return PageToken.check(new Texts().id("name", name), pageSize, pageToken)
        .then(after -> {
          int size = Page.sizeOf(pageSize);
          int below = after.isEmpty() ? Integer.MAX_VALUE : PageToken.versionOf(after);
          List<StoredPlan> found = store.versions(name, below, size + 1);
          return found.isEmpty() && after.isEmpty()
              ? Answer.refused(notFound(name, 0))
              : Answer.of(
                  Page.of(found, size, plan -> PageToken.after(Integer.toString(plan.version()))));
        });
  }

  /**
   * The plan that a request to run one means: a repeated request means the version that the first
   * one meant, whatever is the newest now.
   */
  Answer<Opened> planToRun(String requestId, String name, int version) {
    if (version != 0 || requestId.isEmpty()) {
      return plan(name, version);
    }
    return stored(name, 0)
        .then(newest -> store.versionToRun(requestId, name, newest.version()))
        .then(meant -> plan(name, meant));
  }

  static Refusal notFound(String name, int version) {
    String which = version == 0 ? "" : " with version " + version;
    return Refusal.of(Refusal.Kind.NOT_FOUND, "PLAN_NOT_FOUND", "no plan '" + name + "'" + which);
  }

  private static Answer<CheckedPlan.Accepted> ofPlan(String name, CheckedPlan.Accepted accepted) {
    String there = accepted.plan().name();
    return there.equals(name)
        ? Answer.of(accepted)
        : Answer.refused(
            Refusal.invalid(
                List.of(
                    Violation.of(
                        "source", "expected the plan '" + name + "', was '" + there + "'"))));
  }

  private Answer<Created> keep(
      String requestId,
      PlanSource source,
      CheckedPlan.Accepted accepted,
      boolean acceptWarnings,
      int expectedVersion) {
    String requestHash =
        source.hash()
            + (acceptWarnings ? "+" : "-")
            + (expectedVersion == 0 ? "" : "@" + expectedVersion);
    return store
        .create(
            new PlanStore.Creation(
                accepted.plan(),
                source,
                requestId.isEmpty() ? null : requestId,
                requestHash,
                expectedVersion))
        .map(stored -> {
          opened.remember(source.hash(), new OpenedPlans.Opened(accepted.plan(), source));
          return new Created(stored, PlanFiles.violations(source, accepted.problems()));
        });
  }

  private Answer<PlanStore.Version> find(String name, int version) {
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

  private Answer<Opened> open(PlanStore.Version version) {
    StoredPlan stored = version.plan();
    return opened
        .open(stored.contentHash(), () -> read(version))
        .map(read ->
            new Opened(
                stored, read.plan(), new PlanSource(version.fileName(), read.file().content())));
  }

  /** A stored file was accepted once; a newer reader that refuses it says why. */
  private Answer<OpenedPlans.Opened> read(PlanStore.Version version) {
    StoredPlan stored = version.plan();
    return store
        .findContent(stored.name(), stored.version())
        .map(content -> new PlanSource(version.fileName(), content))
        .map(source ->
            files
                .accepted(source, true)
                .map(accepted -> new OpenedPlans.Opened(accepted.plan(), source)))
        .orElseGet(() -> Answer.refused(notFound(stored.name(), stored.version())));
  }
}
