package dev.makespan.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Counters;
import dev.makespan.core.task.TaskRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which attempt is meant, and when a log that is followed is over. */
class RecordsTest {

  private static final Records.Wish NEWEST = new Records.Wish(5, "compile", 0);
  private static final Refusal AWAY =
      Refusal.of(Refusal.Kind.UNAVAILABLE, "SCHEDULER_UNREACHABLE", "nobody answers");

  private final PretendedRuns scheduler = new PretendedRuns();
  private final PretendedGateways gateways = new PretendedGateways();
  private final Heard heard = new Heard();
  private int pauses;
  private Runnable meanwhile = () -> {};
  private final Records records =
      new Records(
          scheduler,
          gateways,
          () -> {
            pauses++;
            assertThat(pauses).as("pauses").isLessThan(1_000);
            meanwhile.run();
          });

  private static ObservedTask task(String id, Attempt... attempts) {
    return new ObservedTask(
        new TaskId(id),
        ObservedTask.State.RUNNING,
        null,
        List.of(attempts),
        Map.of(),
        "",
        Counters.ZERO,
        List.of(),
        List.of(),
        false);
  }

  private static Attempt attempt(int number, long fence, boolean over) {
    Instant then = Instant.EPOCH;
    return new Attempt(
        number,
        new AgentId("ann"),
        fence,
        then,
        then,
        over ? then : null,
        over ? Attempt.Outcome.DONE : Attempt.Outcome.OPEN,
        "",
        "",
        Map.of());
  }

  private static LogPiece piece(long sequence, String text, boolean last) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LogPiece(
        1, sequence, sequence * 10, ByteBuffer.wrap(bytes).asReadOnlyBuffer(), last, Instant.EPOCH);
  }

  private static <T> Refusal refusal(Answer<T> answer) {
    if (answer instanceof Answer.Refused<T>(Refusal refusal)) {
      return refusal;
    }
    throw new AssertionError("expected a refusal, was " + answer);
  }

  @Test
  void theNewestAttemptIsMeantUnlessOneIsNamed() throws InterruptedException {
    scheduler.tasks = List.of(task("compile", attempt(1, 11, true), attempt(2, 12, false)));

    records.log(NEWEST, 0, false, heard);
    records.log(new Records.Wish(5, "compile", 1), 0, false, heard);

    assertThat(gateways.asked).extracting(TaskRef::fence).containsExactly(12L, 11L);
    assertThat(records.attempt(NEWEST)).isEqualTo(Answer.of(2));
  }

  @Test
  void whatIsNotThereIsNamed() throws InterruptedException {
    scheduler.tasks = List.of(task("compile", attempt(1, 11, true)), task("lint"));

    assertThat(refusal(records.log(new Records.Wish(5, "nobody", 0), 0, true, heard)).reason())
        .isEqualTo("TASK_NOT_FOUND");
    assertThat(refusal(records.artifacts(new Records.Wish(5, "lint", 0))).message())
        .isEqualTo("task lint of run 5 has no attempt yet");
    assertThat(refusal(records.attempt(new Records.Wish(5, "compile", 2))).message())
        .isEqualTo("task compile of run 5: expected an attempt of 1 to 1, was 2");
    assertThat(gateways.asked).isEmpty();
  }

  @Test
  void allThatIsWrongWithAWishIsSaidBeforeAnybodyIsAsked() throws InterruptedException {
    Records.Wish wrong = new Records.Wish(0, "a\u0000", -1);

    Refusal log = refusal(records.log(wrong, 0, false, heard));
    Refusal artifact = refusal(records.artifact(NEWEST, "x".repeat(257), heard));

    assertThat(log.violations())
        .extracting(Violation::field)
        .containsExactly("run_id", "task", "attempt");
    assertThat(artifact.violations()).extracting(Violation::field).containsExactly("name");
    assertThat(refusal(records.link(NEWEST, "", Duration.ofSeconds(-1))).violations())
        .extracting(Violation::field)
        .containsExactly("name", "lifetime");
    assertThat(scheduler.calls).isZero();
  }

  @Test
  void aLogIsFollowedUntilItsLastPiece() throws InterruptedException {
    scheduler.tasks = List.of(task("compile", attempt(1, 11, false)));
    gateways.log.add(piece(1, "one ", false));
    meanwhile =
        () -> {
          if (pauses == 9) {
            gateways.log.add(piece(2, "two ", false));
          } else if (pauses == 20) {
            gateways.log.add(piece(3, "three", true));
          }
        };

    Answer<Long> end = records.log(NEWEST, 0, true, heard);

    assertThat(end).isEqualTo(Answer.of(3L));
    assertThat(heard.text).hasToString("one two three");
  }

  @Test
  void aLogWithoutALastPieceEndsWithItsAttemptAndNothingOfItIsMissed() throws InterruptedException {
    scheduler.tasks = List.of(task("compile", attempt(1, 11, false)));
    meanwhile =
        () -> {
          if (pauses == 10) {
            scheduler.tasks = List.of(task("compile", attempt(1, 11, true)));
          } else if (pauses == 14) {
            gateways.log.add(piece(1, "last words", false));
          }
        };

    Answer<Long> end = records.log(NEWEST, 0, true, heard);

    assertThat(end).isEqualTo(Answer.of(1L));
    assertThat(heard.text).hasToString("last words");
  }

  @Test
  void theAttemptThatWasMeantIsFollowedWhenAnotherOneBegins() throws InterruptedException {
    scheduler.tasks = List.of(task("compile", attempt(1, 11, false)));
    meanwhile =
        () ->
            scheduler.tasks =
                List.of(task("compile", attempt(1, 11, pauses > 8), attempt(2, 12, false)));

    Answer<Long> end = records.log(NEWEST, 0, true, heard);

    assertThat(end).isEqualTo(Answer.of(0L));
    assertThat(gateways.asked).extracting(TaskRef::fence).containsOnly(11L);
  }

  @Test
  void aSchedulerThatIsAwayForAWhileEndsNoLog() throws InterruptedException {
    scheduler.tasks = List.of(task("compile", attempt(1, 11, false)));
    meanwhile =
        () -> {
          scheduler.refusal = pauses < 30 ? AWAY : null;
          if (pauses == 40) {
            gateways.log.add(piece(1, "back", true));
          }
        };

    Answer<Long> end = records.log(NEWEST, 0, true, heard);

    assertThat(end).isEqualTo(Answer.of(1L));
    assertThat(heard.text).hasToString("back");
  }

  @Test
  void whoHasGoneIsReadToNoMore() throws InterruptedException {
    scheduler.tasks = List.of(task("compile", attempt(1, 11, false)));
    meanwhile = () -> heard.wanted = pauses < 3;

    Answer<Long> end = records.log(NEWEST, 0, true, heard);

    assertThat(end).isEqualTo(Answer.of(0L));
    assertThat(pauses).isEqualTo(3);
  }

  @Test
  void aGatewayThatGoesAwayEndsTheLogWithItsReason() throws InterruptedException {
    scheduler.tasks = List.of(task("compile", attempt(1, 11, false)));
    gateways.refusal = Refusal.of(Refusal.Kind.UNAVAILABLE, "GATEWAY_UNREACHABLE", "gone");

    assertThat(refusal(records.log(NEWEST, 0, true, heard)).reason())
        .isEqualTo("GATEWAY_UNREACHABLE");
  }

  /** Puts together what it is told. */
  private static final class Heard
      implements RecordClient.Taker<LogPiece>, RecordClient.ContentTaker {
    private final StringBuilder text = new StringBuilder();
    private boolean wanted = true;

    @Override
    public boolean take(LogPiece piece) {
      text.append(StandardCharsets.UTF_8.decode(piece.data().duplicate()));
      return wanted;
    }

    @Override
    public boolean isWanted() {
      return wanted;
    }

    @Override
    public boolean begin(ArtifactFact artifact) {
      return wanted;
    }

    @Override
    public boolean take(ByteBuffer part) {
      return wanted;
    }
  }

  /** One log for all that is asked. */
  private static final class PretendedGateways implements RecordClient {
    private final List<LogPiece> log = new ArrayList<>();
    private final List<TaskRef> asked = new ArrayList<>();
    private @Nullable Refusal refusal;

    @Override
    public Answer<Long> log(TaskRef attempt, int number, long after, Taker<LogPiece> taker)
        throws InterruptedException {
      asked.add(attempt);
      if (refusal != null) {
        return Answer.refused(refusal);
      }
      long read = after;
      for (LogPiece piece : log) {
        if (piece.sequence() > read) {
          read = piece.sequence();
          if (!taker.take(piece)) {
            break;
          }
        }
      }
      return Answer.of(read);
    }

    @Override
    public Answer<List<ArtifactFact>> artifacts(TaskRef attempt, int number) {
      asked.add(attempt);
      return Answer.of(List.of());
    }

    @Override
    public Answer<ArtifactFact> artifact(
        TaskRef attempt, int number, String name, ContentTaker taker) {
      asked.add(attempt);
      return Answer.of(new ArtifactFact(number, name, "", 0));
    }

    @Override
    public Answer<ArtifactLink> link(TaskRef attempt, int number, String name, Duration lifetime) {
      asked.add(attempt);
      return Answer.of(new ArtifactLink(new ArtifactFact(number, name, "", 0), "", Instant.EPOCH));
    }
  }

  /** One run, which is asked for and never changed. */
  private static final class PretendedRuns implements SchedulerClient {
    private List<ObservedTask> tasks = List.of();
    private @Nullable Refusal refusal;
    private int calls;

    @Override
    public Answer<ObservedRun> run(long runId) {
      calls++;
      return refusal == null
          ? Answer.of(
              new ObservedRun(
                  runId,
                  "plan",
                  1,
                  RunState.RUNNING,
                  1,
                  false,
                  1,
                  Map.of(),
                  Instant.EPOCH,
                  null,
                  null,
                  tasks,
                  List.of(),
                  0,
                  "",
                  null,
                  new ObservedBudget(Budget.NONE, 0, 0, 0, "")))
          : Answer.refused(refusal);
    }

    @Override
    public Answer<ObservedFleet> agents() {
      throw unasked();
    }

    @Override
    public Answer<List<ObservedPause>> pauseAgents(AgentSubject subject, String reason, String by) {
      throw unasked();
    }

    @Override
    public Answer<List<ObservedPause>> resumeAgents(AgentSubject subject) {
      throw unasked();
    }

    private static AssertionError unasked() {
      return new AssertionError("expected a question for the run, was another");
    }

    @Override
    public Answer<ObservedRun> start(Start start) {
      throw unasked();
    }

    @Override
    public Answer<RunOfPlan> runOfPlan(long runId) {
      throw unasked();
    }

    @Override
    public Answer<Page<ObservedRun>> runs(int pageSize, String pageToken, String planName) {
      throw unasked();
    }

    @Override
    public Answer<ObservedRun> cancel(long runId, String reason) {
      throw unasked();
    }

    @Override
    public Answer<ObservedRun> change(long runId, RunChange change) {
      throw unasked();
    }

    @Override
    public Answer<ObservedExplanation> explain(long runId, String task) {
      throw unasked();
    }

    @Override
    public Flow.Publisher<ObservedEvent> watch(long runId, long afterPosition) {
      throw unasked();
    }
  }
}
