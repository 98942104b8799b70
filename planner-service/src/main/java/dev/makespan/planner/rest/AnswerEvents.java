package dev.makespan.planner.rest;

import dev.makespan.planner.Answer;
import dev.makespan.planner.CallThreads;
import dev.makespan.planner.Computations;
import dev.makespan.planner.Question;
import dev.makespan.planner.Questions;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.Result;
import dev.makespan.planner.StoreUnavailable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers of questions as Server-Sent Events: {@code progress}, as often as the reader takes it,
 * then {@code result} or {@code refused}. A reader who leaves gives the computation up.
 */
@Singleton
class AnswerEvents {

  private static final Logger LOG = Logger.getLogger(AnswerEvents.class);

  private final Questions questions;
  private final CallThreads threads;

  AnswerEvents(Questions questions, CallThreads threads) {
    this.questions = questions;
    this.threads = threads;
  }

  /** The newest progress waits for a slow reader, no more. */
  Multi<OutboundSseEvent> of(String name, int version, Question question, Sse sse) {
    return Multi.createFrom()
        .emitter(
            emitter -> threads.execute(() -> tell(emitter, name, version, question, sse)),
            BackPressureStrategy.LATEST);
  }

  private void tell(
      MultiEmitter<? super OutboundSseEvent> emitter,
      String name,
      int version,
      Question question,
      Sse sse) {
    AtomicReference<Computations.@Nullable Asked> computation = new AtomicReference<>();
    Runnable changed = () -> progress(emitter, computation.get(), sse);
    try {
      switch (questions.pose(name, version, question, changed)) {
        case Answer.Refused<Questions.Posed>(Refusal refusal) -> refuse(emitter, refusal, sse);
        case Answer.Given<Questions.Posed>(Questions.Posed posed) -> {
          computation.set(posed.computation());
          emitter.onTermination(posed.computation()::close);
          finish(emitter, posed, sse);
        }
      }
    } catch (StoreUnavailable away) {
      String message = String.valueOf(away.getMessage());
      refuse(emitter, Refusal.of(Refusal.Kind.UNAVAILABLE, "DATABASE_UNREACHABLE", message), sse);
    } catch (RuntimeException failure) {
      LOG.error("an answer broke", failure);
      emitter.fail(failure);
    }
  }

  private static void progress(
      MultiEmitter<? super OutboundSseEvent> emitter, Computations.@Nullable Asked asked, Sse sse) {
    if (asked != null && !asked.isOver()) {
      ResultJson.ProgressJson news = ResultJson.ProgressJson.of(asked.progress());
      emitter.emit(Events.of(sse, "progress", news));
    }
  }

  private static void finish(
      MultiEmitter<? super OutboundSseEvent> emitter, Questions.Posed posed, Sse sse) {
    try (Computations.Asked asked = posed.computation()) {
      progress(emitter, asked, sse);
      switch (asked.outcome()) {
        case Answer.Refused<Result>(Refusal refusal) -> refuse(emitter, refusal, sse);
        case Answer.Given<Result>(Result result) -> {
          Questions.Answered answered =
              new Questions.Answered(posed.opened(), posed.question(), result);
          emitter.emit(Events.of(sse, "result", ResultJson.of(answered)));
          emitter.complete();
        }
      }
    }
  }

  private static void refuse(
      MultiEmitter<? super OutboundSseEvent> emitter, Refusal refusal, Sse sse) {
    emitter.emit(Events.of(sse, "refused", Problems.json(refusal)));
    emitter.complete();
  }
}
