package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.makespan.proto.plan.v1.FileAccess;
import dev.makespan.proto.plan.v1.FileMode;
import dev.makespan.proto.run.v1.AttemptOutcome;
import dev.makespan.proto.run.v1.FileDrift;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunReport;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.RunUsage;
import dev.makespan.proto.run.v1.TimelineEntry;
import dev.makespan.proto.run.v1.Turn;
import dev.makespan.proto.run.v1.TurnTaking;
import org.junit.jupiter.api.Test;

class ReportTextTest {

  private static final RunReport REPORT =
      RunReport.newBuilder()
          .setRun(
              Run.newBuilder()
                  .setId(3)
                  .setPlanName("posts")
                  .setPlanVersion(2)
                  .setState(RunState.RUN_STATE_DONE))
          .setSequential(minutes(450))
          .setCriticalPath(minutes(255))
          .setPlanned(minutes(390))
          .setMakespan(minutes(391))
          .setSaved(minutes(59))
          .addTimeline(
              TimelineEntry.newBuilder()
                  .setTask("schema")
                  .setAgent("backend-1")
                  .setAttempt(1)
                  .setOutcome(AttemptOutcome.ATTEMPT_OUTCOME_LOST)
                  .setStart(minutes(0))
                  .setFinish(minutes(60)))
          .addTurns(
              TurnTaking.newBuilder()
                  .setPath("src/posts.rs")
                  .setWaited(minutes(75))
                  .addTurns(
                      Turn.newBuilder()
                          .setTask("upload")
                          .setReady(minutes(135))
                          .setStart(minutes(210))
                          .setFinish(minutes(300))
                          .setWaited(minutes(75))
                          .addWaitedFor("get-post")))
          .addRemarks("It could not be faster.")
          .setUsage(RunUsage.newBuilder().setInputTokens(12_345).setOutputTokens(678).setCost(1.5))
          .addDrifts(
              FileDrift.newBuilder()
                  .setTask("schema")
                  .setTouched(3)
                  .addUndeclared("src/mod.rs")
                  .addUntouched(
                      FileAccess.newBuilder().setPath("docs/**").setMode(FileMode.FILE_MODE_WRITE)))
          .build();

  @Test
  void peopleReadFiguresTimelineAndTurns() {
    String text = ReportText.of(REPORT, 100);

    assertThat(text)
        .contains("Run 3 of posts version 2: done")
        .contains("sequential     7h30m", "critical path  4h15m", "planned        6h30m")
        .contains("makespan       6h31m", "saved          59m        13.1 % of the sequential time")
        .containsPattern("schema  backend-1  =+\\.+  T\\+0s to T\\+1h  lost")
        .contains("Turns at src/posts.rs: 1h15m waited in all")
        .contains("had it from T+3h30m to T+5h, ready at T+2h15m, waited 1h15m for get-post")
        .contains("  - It could not be faster.");
  }

  @Test
  void whatWasUsedAndChangedUndeclaredIsSaid() {
    assertThat(ReportText.of(REPORT, 100))
        .contains("Used: 12,345 tokens in, 678 tokens out, cost 1.50")
        .contains("schema: changed undeclared src/mod.rs; declared and did not change docs/**");
    assertThat(ReportText.of(RunReport.getDefaultInstance(), 100))
        .doesNotContain("Used", "undeclared");
  }

  @Test
  void programsReadWhatWasUsedAndChangedUndeclared() {
    var json = ReportJson.of(REPORT);

    assertThat(json.get("usage").get("inputTokens").asLong()).isEqualTo(12_345);
    assertThat(json.get("drifts").get(0).get("undeclared").get(0).asText()).isEqualTo("src/mod.rs");
    assertThat(json.get("drifts").get(0).get("untouched").get(0).asText()).isEqualTo("docs/**");
  }

  @Test
  void programsReadTheMakespanAndTheStateAtTheTop() {
    var json = ReportJson.of(REPORT);

    assertThat(json.get("makespanSeconds").asLong()).isEqualTo(23_460);
    assertThat(json.get("state").asText()).isEqualTo("done");
    assertThat(json.get("turns").get(0).get("turns").get(0).get("waitedFor").get(0).asText())
        .isEqualTo("get-post");
  }

  private static Duration minutes(long minutes) {
    return Duration.newBuilder().setSeconds(minutes * 60).build();
  }
}
