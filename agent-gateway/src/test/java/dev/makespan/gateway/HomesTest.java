package dev.makespan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Role;
import dev.makespan.core.session.SessionId;
import dev.makespan.gateway.Homes.Advice;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HomesTest {

  private static final List<Role> ROLE = List.of(new Role("backend"));

  private final Homes homes = new Homes();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void withOneShardNobodyEverMoves() {
    homes.open(1);
    settle("a");
    now = now.plus(Homes.TURN);

    assertThat(homes.advise(id("a"), true, now)).isEqualTo(new Advice.Stay());
    assertThat(homes.advise(id("a"), false, now)).isEqualTo(new Advice.Stay());
  }

  @Test
  void newSessionsGoWhereTheFewestOfTheirRoleAre() {
    openShards(3);

    assertThat(List.of(settle("a"), settle("b"), settle("c"), settle("d")))
        .containsExactly(1, 2, 3, 1);

    homes.leave(id("b"));

    assertThat(settle("e")).isEqualTo(2);
  }

  @Test
  void whatASessionHoldsDecides() {
    openShards(2);

    assertThat(homes.settle(id("a"), ROLE, 2, now)).isEqualTo(2);
    assertThat(homes.settle(id("b"), ROLE, 9, now)).isEqualTo(9);
  }

  @Test
  void whoWasSettledAtAShardThatThereIsNotIsAtTheFirst() {
    homes.settle(id("a"), ROLE, 9, now);

    homes.known(2);

    assertThat(homes.find(id("a"))).isEqualTo(1);
    openShards(2);
    assertThat(settle("b")).isEqualTo(2);
  }

  @Test
  void aSessionThatIsAnnouncedAgainStaysWhereItIs() {
    openShards(2);
    settle("a");
    int before = settle("b");

    assertThat(settle("b")).isEqualTo(before);
  }

  @Test
  void anIdleSessionLooksIntoEachShardInTurnWhenThereAreTooFewForAll() {
    openShards(3);
    settle("a");

    assertThat(homes.advise(id("a"), true, now)).isEqualTo(new Advice.Stay());
    assertThat(idleFor("a")).isEqualTo(new Advice.Move(1, 2));
    assertThat(idleFor("a")).isEqualTo(new Advice.Move(2, 3));
    assertThat(idleFor("a")).isEqualTo(new Advice.Move(3, 1));
  }

  @Test
  void theLastOfItsRoleInAShardStaysThere() {
    openShards(2);
    settle("a");
    settle("b");

    assertThat(idleFor("b")).isEqualTo(new Advice.Stay());
  }

  @Test
  void nobodyLooksInWhereOthersHaveNothingToDo() {
    openShards(2);
    List<String> names = List.of("a", "b", "c", "d");
    names.forEach(this::settle);
    names.forEach(name -> homes.advise(id(name), true, now));
    now = now.plus(Homes.LOOK);

    assertThat(names.stream().map(name -> homes.advise(id(name), true, now)))
        .containsOnly(new Advice.Stay());

    homes.advise(id("b"), false, now);
    homes.advise(id("d"), false, now);

    assertThat(homes.advise(id("a"), true, now)).isEqualTo(new Advice.Move(1, 2));
    assertThat(homes.advise(id("c"), true, now)).isEqualTo(new Advice.Stay());
  }

  @Test
  void aBusySessionMakesRoomForAShardThatHasNone() {
    openShards(2);
    settle("a");
    now = now.plus(Homes.TURN);

    assertThat(homes.advise(id("a"), false, now)).isEqualTo(new Advice.Finish(1));
    assertThat(homes.isLeaving(id("a"))).isTrue();
    assertThat(homes.advise(id("a"), false, now)).isEqualTo(new Advice.Stay());
    assertThat(homes.advise(id("a"), true, now)).isEqualTo(new Advice.Move(1, 2));
    assertThat(homes.isLeaving(id("a"))).isFalse();
  }

  @Test
  void oneAtATimeLeavesACrowdedShard() {
    openShards(2);
    for (String name : List.of("a", "b", "c")) {
      homes.settle(id(name), ROLE, 1, now);
    }
    settle("d");
    now = now.plus(Homes.TURN);

    assertThat(homes.advise(id("a"), false, now)).isEqualTo(new Advice.Finish(1));
    assertThat(homes.advise(id("b"), false, now)).isEqualTo(new Advice.Stay());

    homes.leave(id("a"));

    assertThat(homes.advise(id("b"), false, now)).isEqualTo(new Advice.Stay());
  }

  @Test
  void nobodyMovesToOrFromAShardThatIsAway() {
    openShards(2);
    settle("a");
    homes.shut(2);

    assertThat(idleFor("a")).isEqualTo(new Advice.Stay());

    homes.open(2);
    homes.shut(1);

    assertThat(idleFor("a")).isEqualTo(new Advice.Stay());
  }

  private Advice idleFor(String name) {
    now = now.plus(Homes.LOOK);
    return homes.advise(id(name), true, now);
  }

  private void openShards(int count) {
    for (int shard = 1; shard <= count; shard++) {
      homes.open(shard);
    }
  }

  private int settle(String name) {
    return homes.settle(id(name), ROLE, null, now);
  }

  private static SessionId id(String name) {
    return new SessionId(name);
  }
}
