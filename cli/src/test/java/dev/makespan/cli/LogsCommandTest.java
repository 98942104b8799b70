package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.proto.run.v1.RunState;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class LogsCommandTest {

  private PretendedPlanner planner;

  @BeforeEach
  void start() throws IOException {
    planner = new PretendedPlanner();
  }

  @AfterEach
  void stop() {
    planner.close();
  }

  @Test
  void theNewestAttemptIsShownUnlessOneIsAskedFor() {
    planner.attempt("compile", 1, true);
    planner.log("compile", 1, 0, "red\n", true);
    planner.attempt("compile", 2, false);
    planner.log("compile", 2, 0, "green\n", false);

    assertThat(planner.say("logs", "7", "compile").out()).isEqualTo("green\n");
    assertThat(planner.say("logs", "7", "compile", "--attempt", "1").out()).isEqualTo("red\n");
  }

  @Test
  void aLogIsFollowedOverTheNextAttemptsWithoutAPieceTwiceOrMissing() {
    planner.attempt("compile", 1, false);
    planner.log("compile", 1, 0, "one\n", false);
    planner.then(() -> planner.log("compile", 1, 4, "last words ", false));
    planner.then(() -> {
      planner.attempt("compile", 1, true);
      planner.log("compile", 1, 15, "of the first", true);
    });
    planner.then(() -> {});
    planner.then(() -> {
      planner.attempt("compile", 2, true);
      planner.log("compile", 2, 0, "of the second\n", false);
      planner.attempt("compile", 3, false);
    });
    planner.then(() -> planner.log("compile", 3, 500, "tail\n", true));
    planner.then(() -> {
      planner.attempt("compile", 3, true);
      planner.ends(RunState.RUN_STATE_DONE);
    });

    PretendedPlanner.Said said = planner.say("logs", "-f", "7", "compile");

    assertThat(said.code()).isZero();
    assertThat(said.out())
        .isEqualTo(
            """
            one
            last words of the first
            of the second
            … 500 bytes were dropped here …
            tail
            """);
  }

  @Test
  void anAttemptWithoutALastPieceIsOverWhenItHasEnded() {
    planner.attempt("compile", 1, false);
    planner.then(() -> {
      planner.log("compile", 1, 0, "killed here", false);
      planner.attempt("compile", 1, true);
      planner.ends(RunState.RUN_STATE_FAILED);
    });

    PretendedPlanner.Said said = planner.say("logs", "-f", "7", "compile");

    assertThat(said.out()).isEqualTo("killed here\n");
  }

  @Test
  void followingAnOlderAttemptEndsWithItThoughTheRunGoesOn() {
    planner.attempt("compile", 1, true);
    planner.log("compile", 1, 0, "red\n", false);
    planner.attempt("compile", 2, false);
    planner.log("compile", 2, 0, "green\n", false);

    PretendedPlanner.Said said = planner.say("logs", "-f", "7", "compile", "--attempt", "1");

    assertThat(said.out()).isEqualTo("red\n");
  }

  @Test
  void linesOfAllTasksAreNamed() {
    planner.attempt("compile", 1, true);
    planner.attempt("lint", 1, true);
    planner.log("compile", 1, 0, "fine\n", true);
    planner.log("lint", 1, 0, "no end of line", true);
    planner.ends(RunState.RUN_STATE_DONE);

    PretendedPlanner.Said said = planner.say("logs", "-f", "7");

    assertThat(said.out()).isEqualTo("compile | fine\nlint | no end of line\n");
  }

  @Test
  void whatIsNotThereIsBadInput() {
    planner.attempt("compile", 1, true);

    PretendedPlanner.Said task = planner.say("logs", "7", "nobody");
    PretendedPlanner.Said attempt = planner.say("logs", "7", "compile", "--attempt", "2");
    PretendedPlanner.Said alone = planner.say("logs", "7", "--attempt", "2");

    assertThat(task.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(task.err()).contains("run 7 has no task nobody");
    assertThat(attempt.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(attempt.err()).contains("expected an attempt of 1 to 1, was 2");
    assertThat(alone.err()).contains("--attempt: expected a TASK with it");
  }
}
