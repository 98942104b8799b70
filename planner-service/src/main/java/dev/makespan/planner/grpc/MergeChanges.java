package dev.makespan.planner.grpc;

import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.RunChange;
import dev.makespan.planner.Violation;
import dev.makespan.proto.run.v1.ChangeMergesRequest;
import java.util.List;
import java.util.Optional;

/** What a client wants of a merge queue. */
final class MergeChanges {

  private MergeChanges() {}

  static Answer<ObservedRun> nothing() {
    return Answer.refused(
        Refusal.invalid(
            List.of(Violation.of("change", "expected hold, release, reorder, drop or retry"))));
  }

  /** Empty: it does not say what. */
  static Optional<RunChange> read(ChangeMergesRequest request) {
    String by = request.getBy();
    return switch (request.getChangeCase()) {
      case HOLD -> Optional.of(new RunChange.HoldMerges(request.getHold().getReason(), by));
      case RELEASE -> Optional.of(new RunChange.ReleaseMerges(by));
      case REORDER ->
          Optional.of(new RunChange.ReorderMerges(request.getReorder().getFirstList(), by));
      case DROP ->
          Optional.of(
              new RunChange.DropMerge(
                  request.getDrop().getTask(), request.getDrop().getNote(), by));
      case RETRY -> Optional.of(new RunChange.RetryMerges(request.getRetry().getReason(), by));
      case CHANGE_NOT_SET -> Optional.empty();
    };
  }
}
