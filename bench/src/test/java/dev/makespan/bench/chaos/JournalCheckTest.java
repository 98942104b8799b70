package dev.makespan.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.proto.run.v1.FailureCause;
import org.junit.jupiter.api.Test;

/** Each promise is broken once, since a checker that finds nothing says nothing. */
class JournalCheckTest {

  @Test
  void aGoodStoryBreaksNothingAndEveryPromiseOfItIsLookedAt() {
    Story story = new Story().leased("a", 1).lost("a", 1).worked("a", 2).worked("b", 3);
    story.worked("c", 4).worked("d", 5).worked("e", 6).worked("f", 7).finished();

    assertThat(story.evidence.violations()).isEmpty();
    for (Promise promise :
        new Promise[] {
          Promise.ONE_LEASE,
          Promise.FENCES_GROW,
          Promise.ONE_COMPLETION,
          Promise.NEEDS_FIRST,
          Promise.CAPS,
          Promise.CANCEL_WINS,
          Promise.ATTEMPTS,
          Promise.ONE_LOSS,
          Promise.FINAL,
          Promise.NO_GAP
        }) {
      assertThat(story.evidence.looks(promise)).as(promise.words()).isPositive();
    }
  }

  @Test
  void aSecondLeaseBesideALiveOneIsFound() {
    assertThat(new Story().leased("a", 1).leased("a", 2).broken())
        .containsExactly(Promise.ONE_LEASE);
  }

  @Test
  void aFenceThatDoesNotGrowIsFound() {
    assertThat(new Story().leased("a", 2).lost("a", 2).leased("a", 1).broken())
        .containsExactly(Promise.FENCES_GROW);
  }

  @Test
  void aFenceThatWasGivenToAnotherTaskIsFound() {
    assertThat(new Story().leased("a", 1).leased("c", 1).broken())
        .containsExactly(Promise.FENCES_GROW);
  }

  @Test
  void aSecondCompletionIsFound() {
    assertThat(new Story().worked("a", 1).done("a", 1).broken()).contains(Promise.ONE_COMPLETION);
  }

  @Test
  void aTaskBeforeItsNeedIsFound() {
    assertThat(new Story().leased("a", 1).leased("b", 2).broken())
        .containsExactly(Promise.NEEDS_FIRST);
  }

  @Test
  void twoWritersOfAFileAreFound() {
    assertThat(new Story().leased("c", 1).leased("d", 2).broken()).containsExactly(Promise.CAPS);
  }

  @Test
  void aResourceBeyondItsCapacityIsFound() {
    assertThat(new Story().leased("e", 1).leased("f", 2).broken()).containsExactly(Promise.CAPS);
  }

  @Test
  void aLeaseAfterACancelIsFound() {
    assertThat(new Story().cancelled().leased("a", 1).broken())
        .containsExactly(Promise.CANCEL_WINS);
  }

  @Test
  void aLossThatCountsTwiceIsFound() {
    assertThat(new Story().leased("a", 1).lost("a", 1).lost("a", 1).broken())
        .containsExactly(Promise.ONE_LOSS);
  }

  @Test
  void aLossUnderAnOlderFenceIsFound() {
    assertThat(new Story().leased("a", 1).lost("a", 1).leased("a", 2).lost("a", 1).broken())
        .containsExactly(Promise.ONE_LOSS);
  }

  @Test
  void moreFailuresThanThePlanAllowsAreFound() {
    FailureCause work = FailureCause.FAILURE_CAUSE_WORK;

    assertThat(
            new Story()
                .leased("a", 1)
                .failed("a", 1, work)
                .leased("a", 2)
                .failed("a", 2, work)
                .broken())
        .containsExactly(Promise.ATTEMPTS);
  }

  @Test
  void moreLossesThanTheLimitAreFound() {
    Story story = new Story();
    for (int fence = 1; fence <= Story.INFRA_LIMIT; fence++) {
      story.leased("a", fence).lost("a", fence);
    }

    assertThat(story.broken()).containsExactly(Promise.ATTEMPTS);
  }

  @Test
  void aTaskThatIsTakenUpAgainIsFound() {
    assertThat(new Story().worked("a", 1).leased("a", 2).broken()).containsExactly(Promise.FINAL);
  }

  @Test
  void aRunThatEndsWithoutItsTasksIsFound() {
    assertThat(new Story().leased("a", 1).finished().broken()).containsExactly(Promise.FINAL);
  }

  @Test
  void aRunThatGoesOnAfterItsEndIsFound() {
    assertThat(new Story().worked("a", 1).finished().leased("c", 2).broken())
        .containsExactly(Promise.FINAL);
  }

  @Test
  void anEventThatIsMissingIsFound() {
    assertThat(new Story().skip().leased("a", 1).broken()).containsExactly(Promise.NO_GAP);
  }
}
