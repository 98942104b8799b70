package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.task.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LateRequestsTest {

  private static LiveRun live(String... lines) {
    RunSpec spec =
        new RunSpec(new RunId(1), PlanText.plan(lines), 1, Map.of(), true, 1, Rehearsal.T0);
    return new LiveRun(new Run(spec), new ReadyQueue());
  }

  private static List<FileAccess> write(String... paths) {
    List<FileAccess> files = new ArrayList<>();
    for (String path : paths) {
      files.add(new FileAccess(new FilePattern(path), FileMode.WRITE));
    }
    return files;
  }

  @Test
  void whatIsFreeIsGrantedAtOnceAndGivenBackWithTheAttempt() {
    LiveRun live = live("a 1S", "b 1S writes x");
    live.hold(0, null);

    LateAnswer answer = live.askLate(0, "1", write("x"));

    assertThat(answer).isInstanceOf(LateAnswer.Granted.class);
    assertThat(live.canHold(1)).isFalse();
    live.release(0);
    assertThat(live.canHold(1)).isTrue();
  }

  @Test
  void whatIsHeldIsGrantedWhenItIsGivenBackBeforeAnyTaskThatStarts() {
    LiveRun live = live("a 1S", "b 1S writes x", "c 1S writes x");
    live.hold(0, null);
    live.hold(1, null);

    LateAnswer answer = live.askLate(0, "1", write("x"));
    assertThat(answer).isEqualTo(new LateAnswer.Queued("it waits for task b", List.of(1)));
    assertThat(live.settleLate()).isEmpty();
    live.release(1);

    assertThat(live.findObstacle(2, Rehearsal.T0))
        .isEqualTo(new Obstacle.Locked(write("x").get(0), 0));
    assertThat(live.settleLate()).extracting(LateRequests.Request::id).containsExactly("1");
    assertThat(live.askLate(0, "1", write("x"))).isInstanceOf(LateAnswer.Granted.class);
    live.release(0);
    assertThat(live.findObstacle(2, Rehearsal.T0)).isNull();
  }

  @Test
  void aCircleOfWaitingIsRefused() {
    LiveRun live = live("a 1S writes x", "b 1S writes y", "c 1S writes z");
    live.hold(0, null);
    live.hold(1, null);
    live.hold(2, null);

    assertThat(live.askLate(0, "1", write("y"))).isInstanceOf(LateAnswer.Queued.class);
    assertThat(live.askLate(1, "1", write("z"))).isInstanceOf(LateAnswer.Queued.class);
    LateAnswer answer = live.askLate(2, "1", write("x"));

    assertThat(answer)
        .isEqualTo(
            new LateAnswer.Refused(
                "it would wait for task a, which in turn waits for a file that this attempt has",
                List.of(0)));
  }

  @Test
  void aFreeFileThatSomebodyWaitsForIsNotGivenToWhomHeWaitsFor() {
    LiveRun live = live("a 1S", "b 1S writes x");
    live.hold(0, null);
    live.hold(1, null);
    live.askLate(0, "1", write("x", "y"));

    LateAnswer answer = live.askLate(1, "1", write("y"));

    assertThat(answer).isInstanceOf(LateAnswer.Refused.class);
  }

  @Test
  void theFileOfAnotherOwnerIsRefused() {
    LiveRun live = live("file src/db owner b", "a 1S", "b 1S");
    live.hold(0, null);
    live.hold(1, null);

    LateAnswer others = live.askLate(0, "1", write("src/db/x.sql"));
    LateAnswer own = live.askLate(1, "1", write("src/db/x.sql"));

    assertThat(others)
        .isEqualTo(
            new LateAnswer.Refused(
                "src/db/x.sql is written by its owner alone, task b", List.of()));
    assertThat(own).isInstanceOf(LateAnswer.Granted.class);
  }

  @Test
  void tooManyFilesAndTooManyRequestsAreRefused() {
    LiveRun live = live("a 1S", "b 1S writes x");
    live.hold(0, null);
    live.hold(1, null);
    String[] many = new String[LateRequests.MAX_FILES + 1];
    for (int i = 0; i < many.length; i++) {
      many[i] = "f" + i;
    }

    assertThat(live.askLate(0, "many", write(many))).isInstanceOf(LateAnswer.Refused.class);
    assertThat(live.askLate(0, "none", List.of())).isInstanceOf(LateAnswer.Refused.class);
    for (int i = 0; i < LateRequests.MAX_WAITING; i++) {
      assertThat(live.askLate(0, "q" + i, write("x"))).isInstanceOf(LateAnswer.Queued.class);
    }
    assertThat(live.askLate(0, "last", write("x"))).isInstanceOf(LateAnswer.Refused.class);
    assertThat(live.askLate(0, "q1", write("x"))).isInstanceOf(LateAnswer.Queued.class);
  }

  /** While somebody waits, somebody else doesn't: nobody waits forever. */
  @Test
  void everyRequestThatWaitsIsGrantedInTheEndWhateverTheOrder() {
    int queued = 0;
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      String[] plan = new String[6];
      for (int i = 0; i < plan.length; i++) {
        plan[i] = "t%d 1S writes own%d".formatted(i, i);
      }
      LiveRun live = live(plan);
      List<Integer> alive = new ArrayList<>();
      for (int i = 0; i < plan.length; i++) {
        live.hold(i, null);
        alive.add(i);
      }
      boolean[] waits = new boolean[plan.length];
      for (int step = 0; step < 30; step++) {
        int task = alive.get(chance.nextInt(alive.size()));
        String[] files = {"own" + chance.nextInt(6), "own" + chance.nextInt(6)};
        LateAnswer answer = live.askLate(task, "r" + step, write(files));
        waits[task] |= answer instanceof LateAnswer.Queued;
        queued += answer instanceof LateAnswer.Queued ? 1 : 0;
      }
      while (!alive.isEmpty()) {
        Integer free = alive.stream().filter(i -> !waits[i]).findFirst().orElse(null);
        assertThat(free).as("somebody who does not wait, seed " + seed).isNotNull();
        alive.removeIf(free::equals);
        live.release(free);
        live.settleLate();
        for (int i = 0; i < waits.length; i++) {
          waits[i] = live.waitsLate(i);
        }
      }
    }
    assertThat(queued).isGreaterThan(500);
  }
}
