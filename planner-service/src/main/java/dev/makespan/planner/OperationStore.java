package dev.makespan.planner;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where operations are kept. A running one belongs to an owner for a lease, by the database's
 * clock; when the lease runs out, another may have it. Answers are durable.
 */
public interface OperationStore {

  /**
   * An operation to keep.
   *
   * @param requestId the same id yields the first operation; null: none
   */
  record Creation(@Nullable String requestId, Operation.StoredName plan, Question question) {}

  /** What the store told its owner of an operation that runs. */
  record Owned(long id, boolean cancelRequested) {}

  /** An operation whose owner is gone, and how many there were with the new one. */
  record Adopted(Operation operation, boolean cancelRequested, int owners) {}

  /** What became of a creation; not new: the same request was faster. */
  record Created(long id, boolean isNew) {}

  /** Keeps a running operation for {@code owner}; refused when too many run. */
  Answer<Created> create(Creation creation, String owner, Duration lease);

  Optional<Operation> findOperation(long id);

  /** The operation that this request has created. */
  Optional<Operation> findByRequest(String requestId);

  /** Below {@code belowId}, newest first; of all plans when the name is empty. */
  List<Operation> operations(String planName, long belowId, int limit);

  /** Asks the owner to stop. */
  void requestCancel(long id);

  /** Ends an operation that still belongs to {@code owner}; otherwise nothing changes. */
  void finish(long id, String owner, Operation.State state, Operation.@Nullable Failure failure);

  /**
   * Prolongs the leases of those that still belong to {@code owner}, and notes how far they are.
   *
   * @param progress by id
   * @return those that belong to it
   */
  List<Owned> renew(String owner, Duration lease, Map<Long, Progress> progress);

  /** Takes over some operations whose lease has run out. */
  List<Adopted> adopt(String owner, Duration lease);

  /** Gives operations up: the next who adopts may have them after {@code pause}. */
  void release(List<Long> ids, String owner, Duration pause);
}
