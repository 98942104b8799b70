package dev.makespan.planner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Long computations that go on without their callers. Each belongs to one process for a lease that
 * the process prolongs while it lives; those of a process that died are begun again by another.
 */
public final class Operations {

  /** How long after the death of a planner another begins its operations again. */
  static final Duration LEASE = Duration.ofSeconds(15);

  /** How long an operation waits when too much is being computed to begin it again. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** An operation whose planners died so often is not begun again: it may be what they died of. */
  static final int MAX_OWNERS = 3;

  private static final Logger LOG = Logger.getLogger(Operations.class);

  private final Questions questions;
  private final OperationStore store;
  private final String me;
  private final Executor threads;

  /** What is computed here, by id. */
  private final Map<Long, Computations.Asked> here = new ConcurrentHashMap<>();

  /**
   * @param me a name that no other process has ever had
   * @param threads may wait
   */
  Operations(Questions questions, OperationStore store, String me, Executor threads) {
    this.questions = questions;
    this.store = store;
    this.me = me;
    this.threads = threads;
  }

  /**
   * Starts a computation about a stored version; 0 is the newest.
   *
   * @param requestId the same id yields the first operation; empty: none
   */
  public Answer<Operation> start(String requestId, String name, int version, Question question) {
    List<Violation> wrong =
        new Texts()
            .id("request_id", requestId)
            .require(!name.isEmpty(), "plan_name", "expected a plan's name, was empty")
            .violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    Optional<Operation> known =
        requestId.isEmpty() ? Optional.empty() : store.findByRequest(requestId);
    return known
        .map(first -> repeated(requestId, first, name, version, question))
        .orElseGet(() -> begin(requestId, name, version, question));
  }

  private Answer<Operation> begin(String requestId, String name, int version, Question question) {
    return questions
        .pose(name, version, question, () -> {})
        .then(posed -> {
          Answer<OperationStore.Created> created = create(requestId, posed);
          switch (created) {
            case Answer.Given<OperationStore.Created>(OperationStore.Created kept)
                when kept.isNew() ->
                attend(kept.id(), posed.computation());
            case Answer.Given<OperationStore.Created> _, Answer.Refused<OperationStore.Created> _ ->
                posed.computation().close();
          }
          return created.then(kept -> operation(kept.id()));
        });
  }

  /** The version that was the newest then is meant still. */
  private Answer<Operation> repeated(
      String requestId, Operation first, String name, int version, Question question) {
    Operation.StoredName plan = first.plan();
    boolean samePlan = plan.name().equals(name) && (version == 0 || version == plan.version());
    return samePlan && questions.isSame(plan, question, first.question())
        ? Answer.of(withNews(first))
        : Answer.refused(
            Refusal.of(
                Refusal.Kind.CONFLICT,
                "REQUEST_ID_REUSED",
                "request id '" + requestId + "' was used with another question; use a new one"));
  }

  public Answer<Operation> operation(long id) {
    return store
        .findOperation(id)
        .map(this::withNews)
        .map(Answer::of)
        .orElseGet(() -> Answer.refused(notFound(id)));
  }

  /** Newest first; of all plans when the name is empty. */
  public Answer<Page<Operation>> operations(int pageSize, String pageToken, String planName) {
    return PageToken.check(new Texts().id("plan_name", planName), pageSize, pageToken)
        .map(after -> {
          int size = Page.sizeOf(pageSize);
          long below = after.isEmpty() ? Long.MAX_VALUE : PageToken.versionOf(after);
          List<Operation> found =
              store.operations(planName, below, size + 1).stream().map(this::withNews).toList();
          return Page.of(found, size, last -> PageToken.after(Long.toString(last.id())));
        });
  }

  /** Stops it here at once, or elsewhere within a few seconds. */
  public Answer<Operation> cancel(long id) {
    return operation(id)
        .then(found ->
            switch (found.state()) {
              case DONE, FAILED -> Answer.refused(hasFinished(id));
              case CANCELLED -> Answer.of(found);
              case RUNNING -> stop(id);
            });
  }

  /** What an operation was answered with; its plan may be deleted since. */
  public record Outcome(Operation operation, Result result) {}

  /** What it was answered with. */
  public Answer<Outcome> outcome(long id) {
    return operation(id)
        .then(found ->
            switch (found.state()) {
              case RUNNING, FAILED, CANCELLED -> Answer.refused(noResult(found));
              case DONE ->
                  questions
                      .findAnswer(found.plan().contentHash(), found.question())
                      .map(result -> Answer.of(new Outcome(found, result)))
                      .orElseGet(() -> Answer.refused(forgotten(id)));
            });
  }

  /** Prolongs what is computed here, and takes over what nobody computes any more. */
  void beat() {
    Map<Long, Progress> progress = new LinkedHashMap<>();
    here.forEach((id, asked) -> progress.put(id, asked.progress()));
    List<Long> mine = new ArrayList<>();
    for (OperationStore.Owned owned : store.renew(me, LEASE, progress)) {
      mine.add(owned.id());
      if (owned.cancelRequested()) {
        stop(owned.id());
      }
    }
    progress.keySet().stream().filter(id -> !mine.contains(id)).forEach(this::leave);
    store.adopt(me, LEASE).forEach(this::resume);
  }

  /** Gives up what is computed here, so that another takes it over at once. */
  void handOver() {
    List<Long> ids = List.copyOf(here.keySet());
    store.release(ids, me, Duration.ZERO);
    ids.forEach(this::leave);
  }

  private Answer<OperationStore.Created> create(String requestId, Questions.Posed posed) {
    StoredPlan plan = posed.plan();
    return store.create(
        new OperationStore.Creation(
            requestId.isEmpty() ? null : requestId,
            new Operation.StoredName(plan.name(), plan.version(), plan.contentHash()),
            posed.question()),
        me,
        LEASE);
  }

  private void attend(long id, Computations.Asked asked) {
    if (here.putIfAbsent(id, asked) != null) {
      asked.close();
    } else if (asked.isOver()) {
      end(id, asked);
    } else {
      threads.execute(() -> end(id, asked));
    }
  }

  /** Blocks until it is over; does nothing when another has it by then. */
  private void end(long id, Computations.Asked asked) {
    try (asked) {
      switch (asked.outcome()) {
        case Answer.Given<Result> _ -> finish(id, asked, Operation.State.DONE, null);
        case Answer.Refused<Result>(Refusal refusal) ->
            finish(id, asked, Operation.State.FAILED, failure(refusal));
      }
    } catch (StoreUnavailable away) {
      LOG.warnf("the end of operation %d could not be noted; it is begun again", id);
    } catch (RuntimeException broken) {
      finish(
          id,
          asked,
          Operation.State.FAILED,
          new Operation.Failure("INTERNAL", "the planner broke; its log says why"));
    } finally {
      here.remove(id, asked);
    }
  }

  private void finish(
      long id,
      Computations.Asked asked,
      Operation.State state,
      Operation.@Nullable Failure failure) {
    if (here.get(id) == asked) {
      store.finish(id, me, state, failure);
    }
  }

  private Answer<Operation> stop(long id) {
    store.requestCancel(id);
    if (leave(id)) {
      store.finish(id, me, Operation.State.CANCELLED, null);
    }
    return operation(id);
  }

  private boolean leave(long id) {
    Computations.Asked asked = here.remove(id);
    if (asked != null) {
      asked.close();
    }
    return asked != null;
  }

  private void resume(OperationStore.Adopted adopted) {
    Operation operation = adopted.operation();
    long id = operation.id();
    if (adopted.cancelRequested()) {
      store.finish(id, me, Operation.State.CANCELLED, null);
    } else if (adopted.owners() > MAX_OWNERS) {
      fail(id, new Operation.Failure("PLANNERS_DIED", MAX_OWNERS + " planners died of it"));
    } else {
      LOG.infof("operation %d is begun again: its planner is gone", id);
      threads.execute(() -> resume(operation));
    }
  }

  private void resume(Operation operation) {
    Operation.StoredName plan = operation.plan();
    switch (questions.pose(plan.name(), plan.version(), operation.question(), () -> {})) {
      case Answer.Given<Questions.Posed>(Questions.Posed posed) ->
          attend(operation.id(), posed.computation());
      case Answer.Refused<Questions.Posed>(Refusal refusal)
          when refusal.kind() == Refusal.Kind.EXHAUSTED ->
          store.release(List.of(operation.id()), me, PAUSE);
      case Answer.Refused<Questions.Posed>(Refusal refusal) ->
          fail(operation.id(), failure(refusal));
    }
  }

  private void fail(long id, Operation.Failure failure) {
    store.finish(id, me, Operation.State.FAILED, failure);
  }

  private Operation withNews(Operation operation) {
    Computations.Asked asked = here.get(operation.id());
    return asked == null ? operation : operation.with(asked.progress());
  }

  private static Operation.Failure failure(Refusal refusal) {
    return new Operation.Failure(refusal.reason(), refusal.message());
  }

  private static Refusal notFound(long id) {
    return Refusal.of(Refusal.Kind.NOT_FOUND, "OPERATION_NOT_FOUND", "no operation " + id);
  }

  private static Refusal hasFinished(long id) {
    return Refusal.of(
        Refusal.Kind.PRECONDITION, "OPERATION_FINISHED", "operation " + id + " has finished");
  }

  private static Refusal noResult(Operation operation) {
    return Refusal.of(
        Refusal.Kind.PRECONDITION,
        "OPERATION_NOT_DONE",
        "expected operation %d to be done, was %s"
            .formatted(operation.id(), operation.state().name().toLowerCase(Locale.ROOT)));
  }

  private static Refusal forgotten(long id) {
    return Refusal.of(
        Refusal.Kind.NOT_FOUND,
        "RESULT_FORGOTTEN",
        "the result of operation " + id + " was not kept so long; start it again");
  }
}
