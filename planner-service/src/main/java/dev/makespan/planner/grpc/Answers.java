package dev.makespan.planner.grpc;

import dev.makespan.planner.Answer;
import dev.makespan.planner.CallThreads;
import dev.makespan.planner.Computations;
import dev.makespan.planner.Question;
import dev.makespan.planner.Questions;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.Result;
import dev.makespan.planner.wire.OperationProto;
import dev.makespan.planner.wire.Statuses;
import dev.makespan.proto.plan.v1.Progress;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions over streams: how far the computation is, then its result. A caller who leaves
 * gives the computation up.
 */
@Singleton
class Answers {

  /** Streams of progress at once; each may hold a result until its caller has read it. */
  static final int MAX_STREAMS = 256;

  private final Questions questions;
  private final CallThreads threads;
  private final Departures departures;
  private final Semaphore streams = new Semaphore(MAX_STREAMS);

  Answers(Questions questions, CallThreads threads, Departures departures) {
    this.questions = questions;
    this.threads = threads;
    this.departures = departures;
  }

  /** Returns at once; the answer follows. */
  <M> void stream(
      StreamObserver<M> caller,
      String name,
      int version,
      Question question,
      Function<Progress, M> toNews,
      Function<Result, Iterator<M>> toParts) {
    if (!streams.tryAcquire()) {
      caller.onError(Statuses.of(tooMany()));
      return;
    }
    Conversation<M> conversation =
        new Conversation<>((ServerCallStreamObserver<M>) caller, toNews, toParts);
    departures.whenGone(conversation.sender::left);
    threads.execute(() -> conversation.begin(() -> pose(name, version, question, conversation)));
  }

  private Answer<Questions.Posed> pose(
      String name, int version, Question question, Conversation<?> conversation) {
    return questions.pose(name, version, question, conversation::changed);
  }

  private static Refusal tooMany() {
    return Refusal.of(
        Refusal.Kind.EXHAUSTED,
        "TOO_MANY_STREAMS",
        "expected at most " + MAX_STREAMS + " answers on their way; try again later");
  }

  /** Poses a question. */
  @FunctionalInterface
  private interface Pose {
    Answer<Questions.Posed> pose();
  }

  /** One question and its answer. */
  private final class Conversation<M> {

    private final PacedSender<M> sender;
    private final Function<Progress, M> toNews;
    private final Function<Result, Iterator<M>> toParts;

    /** Guarded by this, like {@link #left}. */
    private Computations.@Nullable Asked computation;

    private boolean left;

    Conversation(
        ServerCallStreamObserver<M> caller,
        Function<Progress, M> toNews,
        Function<Result, Iterator<M>> toParts) {
      this.toNews = toNews;
      this.toParts = toParts;
      this.sender = new PacedSender<>(caller, this::leave);
      sender.whenOver(streams::release);
    }

    void begin(Pose pose) {
      try {
        switch (pose.pose()) {
          case Answer.Refused<Questions.Posed>(Refusal refusal) -> sender.refuse(refusal);
          case Answer.Given<Questions.Posed>(Questions.Posed posed) -> follow(posed.computation());
        }
      } catch (RuntimeException failure) {
        sender.fail(failure);
      }
    }

    private void follow(Computations.Asked asked) {
      try (asked) {
        synchronized (this) {
          if (left) {
            return;
          }
          computation = asked;
        }
        changed();
        switch (asked.outcome()) {
          case Answer.Refused<Result>(Refusal refusal) -> sender.refuse(refusal);
          case Answer.Given<Result>(Result result) -> sender.finish(toParts.apply(result));
        }
      }
    }

    /** Called from the computing thread, among others. */
    void changed() {
      Computations.Asked asked;
      synchronized (this) {
        asked = computation;
      }
      if (asked != null && !asked.isOver()) {
        sender.show(toNews.apply(OperationProto.toProto(asked.progress())));
      }
    }

    private void leave() {
      Computations.Asked asked;
      synchronized (this) {
        left = true;
        asked = computation;
      }
      if (asked != null) {
        asked.close();
      }
    }
  }
}
