package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.dispatch.Effect;
import dev.makespan.core.dispatch.Outcome;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.RunId;
import dev.makespan.scheduler.GroupCommit.Release;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The loop over a journal that answers when the test says so. */
class GroupCommitTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final RunId RUN = new RunId(1);

  private final List<Group> written = new ArrayList<>();
  private final List<String> released = new ArrayList<>();
  private boolean fresh = true;
  private final GroupCommit commits =
      new GroupCommit(written::add, () -> fresh, release -> released.add(named(release)));

  @Test
  void nothingIsLetGoBeforeItsGroupIsDurable() {
    commits.add(step(1), null, null);
    answer("started");
    commits.flush();

    assertThat(released).isEmpty();

    commits.durable(1);

    assertThat(released).containsExactly("events 1", "started");
  }

  @Test
  void whatIsDecidedWhileAGroupIsWrittenMakesTheNext() {
    commits.add(step(1), null, null);
    commits.flush();
    commits.add(step(2), null, null);
    commits.flush();
    commits.add(step(3), null, null);
    commits.flush();

    assertThat(written).hasSize(1);

    commits.durable(1);
    commits.flush();

    assertThat(written).hasSize(2);
    assertThat(written.getLast().events()).extracting(RunEvent::position).containsExactly(2L, 3L);
    assertThat(released).containsExactly("events 1");
  }

  @Test
  void whatNeedsNoJournalWaitsBehindWhatDoes() {
    commits.add(step(1), null, null);
    commits.flush();
    commits.add(effectOnly(), null, null);
    commits.flush();

    assertThat(released).isEmpty();

    commits.durable(1);
    commits.flush();

    assertThat(released).containsExactly("events 1", "effects 1");
    assertThat(written).hasSize(1);
  }

  @Test
  void anOwnerThatMayHaveBeenReplacedAsksBeforeItSaysAnything() {
    fresh = false;
    commits.add(effectOnly(), null, null);
    commits.flush();

    assertThat(released).isEmpty();
    assertThat(written).singleElement().satisfies(group -> assertThat(group.events()).isEmpty());

    commits.durable(1);

    assertThat(released).containsExactly("effects 1");
  }

  @Test
  void noMoreThanALimitedNumberOfDecisionsWait() {
    commits.add(step(1), null, null);
    commits.flush();
    for (int i = 0; i < GroupCommit.MAX_DECISIONS; i++) {
      assertThat(commits.isFull()).isFalse();
      commits.add(step(2 + i), null, null);
    }

    assertThat(commits.isFull()).isTrue();

    commits.durable(1);
    commits.flush();

    assertThat(commits.isFull()).isFalse();
    assertThat(written.getLast().events()).hasSize(GroupCommit.MAX_DECISIONS);
  }

  @Test
  void whoeverWaitsWhenTheShardIsLostIsTold() {
    commits.add(step(1), null, null);
    answer("first");
    commits.flush();
    commits.add(step(2), null, null);
    answer("second");

    commits.abandon("lost");

    assertThat(released).containsExactly("first: lost", "second: lost");
    assertThat(commits.isIdle()).isTrue();
  }

  @Test
  void anAnswerForAnotherGroupIsABug() {
    commits.add(step(1), null, null);
    commits.flush();

    assertThatThrownBy(() -> commits.durable(2)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRunThatFinishesInTheGroupThatCancelsItIsWrittenAsFinished() {
    commits.add(
        new Outcome.Step(
            List.of(
                new RunEvent(RUN, 1, AT, new RunEvent.RunStarted()),
                new RunEvent(RUN, 2, AT, new RunEvent.RunCancelRequested("why")),
                new RunEvent(RUN, 3, AT, new RunEvent.RunFinished(RunState.CANCELLED, "why"))),
            List.of()),
        null,
        null);
    commits.flush();

    assertThat(written.getFirst().progress())
        .containsExactly(new RunProgress(RUN, RunState.CANCELLED, "why", null, AT));
  }

  private void answer(String text) {
    commits.reply(() -> released.add(text), reason -> released.add(text + ": " + reason));
  }

  private static Outcome.Step step(long position) {
    return new Outcome.Step(
        List.of(new RunEvent(RUN, position, AT, new RunEvent.RunStarted())), List.of());
  }

  private static Outcome.Step effectOnly() {
    return new Outcome.Step(
        List.of(), List.of(new Effect.CloseSession(new SessionId("s"), "test")));
  }

  private String named(Release release) {
    return switch (release) {
      case Release.Consequences c when c.events().isEmpty() -> "effects " + c.effects().size();
      case Release.Consequences c -> "events " + c.events().getFirst().position();
      case Release.Reply reply -> {
        reply.answer().run();
        yield released.removeLast();
      }
    };
  }
}
