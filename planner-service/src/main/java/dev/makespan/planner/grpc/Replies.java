package dev.makespan.planner.grpc;

import dev.makespan.planner.Answer;
import dev.makespan.planner.CallThreads;
import dev.makespan.planner.wire.Statuses;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a unary call is answered: on a thread that may wait, with a message or with a status.
 *
 * <p>Not by {@code @RunOnVirtualThread}: in this version of Quarkus, on the shared server, it may
 * hand a call its end before its message, which fails it with "Half-closed without a request"
 * (quarkus#48940).
 */
@Singleton
class Replies {

  private final CallThreads threads;

  Replies(CallThreads threads) {
    this.threads = threads;
  }

  /** Returns at once; the answer follows. */
  <T, M> void reply(
      StreamObserver<M> caller, Supplier<Answer<T>> useCase, Function<T, M> toMessage) {
    // With a handler set, an answer to a caller who has left is dropped instead of thrown.
    ((ServerCallStreamObserver<M>) caller).setOnCancelHandler(() -> {});
    threads.execute(() -> answer(caller, useCase, toMessage));
  }

  /** As {@link #reply} to a caller whose handlers are set; {@code done} is called at the end. */
  <T, M> void finish(
      ServerCallStreamObserver<M> caller,
      Supplier<Answer<T>> useCase,
      Function<T, M> toMessage,
      Runnable done) {
    threads.execute(() -> {
      try {
        answer(caller, useCase, toMessage);
      } finally {
        done.run();
      }
    });
  }

  /** Answers with many messages at the caller's pace. */
  <T, M> void stream(
      PacedSender<M> caller, Supplier<Answer<T>> useCase, Function<T, Iterator<M>> toMessages) {
    threads.execute(() -> {
      try {
        switch (useCase.get()) {
          case Answer.Given<T>(T value) -> caller.finish(toMessages.apply(value));
          case Answer.Refused<T>(var refusal) -> caller.refuse(refusal);
        }
      } catch (RuntimeException failure) {
        caller.fail(failure);
      }
    });
  }

  private static <T, M> void answer(
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
