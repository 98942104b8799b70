package dev.makespan.planner.store;

import dev.makespan.planner.Answer;
import dev.makespan.planner.PlanSource;
import dev.makespan.planner.PlanStore;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.StoredPlan;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans in PostgreSQL. */
@ApplicationScoped
class PlanDocuments implements PlanStore {

  /** Advisory locks: a request first, then its plan's name. */
  private static final int REQUEST_LOCK = 1;

  private static final int NAME_LOCK = 2;

  private final PlanVersionRows versions;
  private final PlanSourceRows sources;
  private final CreateRequestRows requests;
  private final RunRequests runRequests;
  private final InstantSource clock;

  PlanDocuments(
      PlanVersionRows versions,
      PlanSourceRows sources,
      CreateRequestRows requests,
      RunRequests runRequests,
      InstantSource clock) {
    this.versions = versions;
    this.sources = sources;
    this.requests = requests;
    this.runRequests = runRequests;
    this.clock = clock;
  }

  @Override
  public Answer<StoredPlan> create(Creation creation) {
    String requestId = creation.requestId();
    return Transactions.commit(
        () -> requestId == null ? keep(creation) : keepOnce(requestId, creation));
  }

  private Uni<Answer<StoredPlan>> keepOnce(String requestId, Creation creation) {
    return Transactions.lock(REQUEST_LOCK, requestId)
        .chain(() -> requests.findById(requestId))
        .chain(known ->
            known == null
                ? keep(creation).call(answer -> note(requestId, creation, answer))
                : repeat(known, creation));
  }

  private Uni<Answer<StoredPlan>> repeat(CreateRequestRow known, Creation creation) {
    if (!known.requestHash.equals(creation.requestHash())) {
      return Uni.createFrom().item(Answer.refused(reused(known.requestId)));
    }
    return versions.findById(known.planVersionId).map(row -> Answer.of(stored(row)));
  }

  private Uni<Answer<StoredPlan>> keep(Creation creation) {
    String name = creation.plan().name();
    return Transactions.lock(NAME_LOCK, name)
        .chain(() -> versions.newest(name))
        .chain(newest -> keep(newest, creation));
  }

  private Uni<Answer<StoredPlan>> keep(@Nullable PlanVersionRow newest, Creation creation) {
    int expected = creation.expectedVersion();
    if (expected > 0 && (newest == null || newest.version != expected)) {
      return Uni.createFrom().item(Answer.refused(lost(creation.plan().name(), newest, expected)));
    }
    Uni<PlanVersionRow> row =
        isSame(newest, creation)
            ? same(newest)
            : versions.last(creation.plan().name()).chain(last -> insert(last, creation));
    return row.map(kept -> Answer.of(stored(kept)));
  }

  private static Refusal lost(String name, @Nullable PlanVersionRow newest, int expected) {
    return newest == null
        ? Refusal.of(Refusal.Kind.NOT_FOUND, "PLAN_NOT_FOUND", "no plan '" + name + "'")
        : new Refusal(
            Refusal.Kind.STALE,
            "PLAN_CHANGED",
            "expected version %d of plan '%s' to be the newest, was %d; read it and edit again"
                .formatted(expected, name, newest.version),
            List.of(),
            Map.of("newest_version", Integer.toString(newest.version)));
  }

  private static boolean isSame(@Nullable PlanVersionRow newest, Creation creation) {
    return newest != null && newest.contentHash.equals(creation.source().hash());
  }

  private static Uni<PlanVersionRow> same(@Nullable PlanVersionRow newest) {
    return Uni.createFrom().item(Objects.requireNonNull(newest));
  }

  private Uni<PlanVersionRow> insert(@Nullable PlanVersionRow last, Creation creation) {
    PlanVersionRow row = new PlanVersionRow();
    row.name = creation.plan().name();
    row.version = last == null ? 1 : last.version + 1;
    row.title = creation.plan().title();
    row.taskCount = creation.plan().tasks().size();
    row.contentHash = creation.source().hash();
    row.createTime = now();
    return versions
        .persistAndFlush(row)
        .call(saved -> sources.persist(sourceRow(saved, creation.source())));
  }

  private static PlanSourceRow sourceRow(PlanVersionRow saved, PlanSource source) {
    PlanSourceRow row = new PlanSourceRow();
    row.planVersionId = Objects.requireNonNull(saved.id);
    row.fileName = source.fileName();
    row.content = source.content();
    return row;
  }

  private Uni<?> note(String requestId, Creation creation, Answer<StoredPlan> answer) {
    return switch (answer) {
      case Answer.Refused<StoredPlan> _ -> Uni.createFrom().voidItem();
      case Answer.Given<StoredPlan>(StoredPlan plan) ->
          versions
              .version(plan.name(), plan.version())
              .chain(row -> requests.persist(requestRow(requestId, creation, row)));
    };
  }

  private static CreateRequestRow requestRow(
      String requestId, Creation creation, @Nullable PlanVersionRow version) {
    CreateRequestRow row = new CreateRequestRow();
    row.requestId = requestId;
    row.requestHash = creation.requestHash();
    row.planVersionId = Objects.requireNonNull(Objects.requireNonNull(version).id);
    return row;
  }

  @Override
  public Optional<Version> findVersion(String name, int version) {
    return Transactions.read(() ->
        (version == 0 ? versions.newest(name) : versions.version(name, version))
            .chain(row -> row == null ? none() : withFileName(row)));
  }

  private static Uni<Optional<Version>> none() {
    return Uni.createFrom().item(Optional.empty());
  }

  private Uni<Optional<Version>> withFileName(PlanVersionRow row) {
    return sources
        .fileName(Objects.requireNonNull(row.id))
        .map(file ->
            Optional.ofNullable(file).map(known -> new Version(stored(row), known.fileName())));
  }

  @Override
  public Optional<byte[]> findContent(String name, int version) {
    return Transactions.read(() ->
        versions
            .version(name, version)
            .chain(row ->
                row == null
                    ? Uni.createFrom().<@Nullable PlanSourceRow>nullItem()
                    : sources.findById(Objects.requireNonNull(row.id)))
            .map(source -> Optional.ofNullable(source).map(known -> known.content)));
  }

  @Override
  public List<StoredPlan> newest(String afterName, int limit) {
    return Transactions.read(() -> versions.newestOfEach(afterName, limit)).stream()
        .map(PlanDocuments::stored)
        .toList();
  }

  @Override
  public List<StoredPlan> versions(String name, int belowVersion, int limit) {
    return Transactions.read(() -> versions.below(name, belowVersion, limit)).stream()
        .map(PlanDocuments::stored)
        .toList();
  }

  @Override
  public int delete(String name, int version) {
    return Transactions.commit(() ->
        Transactions.lock(NAME_LOCK, name).chain(() -> versions.delete(name, version, now())));
  }

  @Override
  public Answer<Integer> versionToRun(String requestId, String name, int newest) {
    RunRequests.Noted wanted = new RunRequests.Noted(name, newest);
    RunRequests.Noted noted = Transactions.commit(() -> runRequests.note(requestId, wanted, now()));
    return noted.planName().equals(name)
        ? Answer.of(noted.planVersion())
        : Answer.refused(reused(requestId));
  }

  private static Refusal reused(String requestId) {
    return Refusal.of(
        Refusal.Kind.CONFLICT,
        "REQUEST_ID_REUSED",
        "request id '" + requestId + "' was used with another plan; use a new one");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static StoredPlan stored(PlanVersionRow row) {
    return new StoredPlan(
        row.name, row.version, row.title, row.taskCount, row.contentHash, row.createTime);
  }
}
