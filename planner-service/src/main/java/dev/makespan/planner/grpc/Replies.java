package dev.makespan.planner.grpc;

import dev.makespan.planner.Answer;
import dev.makespan.planner.wire.Statuses;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a unary call ends: with a message, or with a status. */
final class Replies {

  private Replies() {}

  static <T, M> void reply(
      StreamObserver<M> caller, Supplier<Answer<T>> useCase, Function<T, M> toMessage) {
    M message;
    try {
      switch (useCase.get()) {
        case Answer.Given<T>(T value) -> message = toMessage.apply(value);
        case Answer.Refused<T>(var refusal) -> {
          caller.onError(Statuses.of(refusal));
          return;
        }
      }
    } catch (RuntimeException failure) {
      caller.onError(Statuses.of(failure));
      return;
    }
    caller.onNext(message);
    caller.onCompleted();
  }
}
