package dev.makespan.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.bench.chaos.Happening.Acked;
import dev.makespan.bench.chaos.Happening.Assigned;
import dev.makespan.bench.chaos.Happening.Attempt;
import dev.makespan.bench.chaos.Happening.CancelAnswered;
import dev.makespan.bench.chaos.Happening.StartAnswered;
import dev.makespan.bench.chaos.Happening.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryCheckTest {

  private static final Attempt FIRST = new Attempt(1, "a", 1);
  private static final Attempt SECOND = new Attempt(1, "a", 2);

  @Test
  void whatTheJournalHoldsBreaksNothing() {
    Story story = new Story().worked("a", 1).cancelled();

    told(
        story,
        new Assigned("agent", FIRST, 1, 1),
        acked(FIRST, "r", Verdict.COMMITTED),
        acked(FIRST, "r", Verdict.DUPLICATE),
        acked(SECOND, "other", Verdict.SUPERSEDED),
        new StartAnswered("request", 1),
        new StartAnswered("request", 1),
        new CancelAnswered(1));

    assertThat(story.evidence.violations()).isEmpty();
  }

  @Test
  void anAcknowledgedResultThatTheJournalDoesNotHoldIsFound() {
    Story story = new Story().leased("a", 1);

    told(story, acked(FIRST, "r", Verdict.COMMITTED));

    assertThat(story.broken()).containsExactly(Promise.NO_RESULT_LOST);
  }

  @Test
  void anAcknowledgedResultInWhosePlaceAnotherStandsIsFound() {
    Story story = new Story().leased("a", 1).reported("a", 1, "another");

    told(story, acked(FIRST, "r", Verdict.COMMITTED));

    assertThat(story.broken()).containsExactly(Promise.NO_RESULT_LOST);
  }

  @Test
  void aSecondGoodResultOfOneTaskIsFound() {
    Story story = new Story().leased("a", 1).reported("a", 1, "r").lost("a", 1);
    story.leased("a", 2).reported("a", 2, "r");

    told(story, acked(FIRST, "r", Verdict.COMMITTED), acked(SECOND, "r", Verdict.COMMITTED));

    assertThat(story.broken()).containsExactly(Promise.NO_RESULT_LOST);
  }

  @Test
  void anAssignmentThatIsNotDurableIsFound() {
    Story story = new Story();

    told(story, new Assigned("agent", FIRST, 1, 1));

    assertThat(story.broken()).containsExactly(Promise.DURABLE_FIRST);
  }

  @Test
  void anAssignmentOfWhatAnotherAgentHoldsIsFound() {
    Story story = new Story().leased("a", 1, "another");

    told(story, new Assigned("agent", FIRST, 1, 1));

    assertThat(story.broken()).containsExactly(Promise.DURABLE_FIRST);
  }

  @Test
  void anAssignmentBeyondTheSlotsIsFound() {
    Story story = new Story().leased("a", 1);

    told(story, new Assigned("agent", FIRST, 2, 1));

    assertThat(story.broken()).containsExactly(Promise.CAPS);
  }

  @Test
  void aRequestWithTwoAnswersIsFound() {
    Story story = new Story();

    told(story, new StartAnswered("request", 1), new StartAnswered("request", 2));

    assertThat(story.broken()).containsExactly(Promise.SAME_ANSWER);
  }

  @Test
  void aRunThatWasAnsweredAndIsNotThereIsFound() {
    Story story = new Story();

    told(story, new StartAnswered("request", 2));

    assertThat(story.broken()).containsExactly(Promise.SAME_ANSWER);
  }

  @Test
  void aCancelThatWasAnsweredAndForgottenIsFound() {
    Story story = new Story();

    told(story, new CancelAnswered(1));

    assertThat(story.broken()).containsExactly(Promise.CANCEL_WINS);
  }

  private static Acked acked(Attempt attempt, String result, Verdict verdict) {
    return new Acked("agent", attempt, result, true, verdict);
  }

  private static void told(Story story, Happening... happenings) {
    new HistoryCheck(story.journal, story.evidence).see(List.of(happenings));
  }
}
