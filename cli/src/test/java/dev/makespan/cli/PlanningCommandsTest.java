package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code schedule}, {@code agents-curve} and {@code simulate}, which need no server. */
class PlanningCommandsTest {

  private static final String PUBLISHING =
      Path.of("..", "examples", "content-publishing.yaml").toString();

  @TempDir Path folder;

  private record Answer(int code, String out, String err) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(out);
      } catch (IOException e) {
        throw new AssertionError(out, e);
      }
    }
  }

  private static Answer makespan(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Makespan.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Answer(code, out.toString(), err.toString());
  }

  @Test
  void aScheduleSaysWhoDoesWhatAndThatNoneIsShorter() {
    Answer answer = makespan("schedule", PUBLISHING);

    assertThat(answer.code()).isZero();
    assertThat(answer.out())
        .contains("makespan     6h30m", "no schedule is shorter", "backend-1", "T+6h to T+6h30m");
  }

  @Test
  void aScheduleForOneAgentTakesAllTheWork() {
    JsonNode json =
        makespan("schedule", PUBLISHING, "--agents", "backend=1", "--output", "json").json();

    assertThat(json.get("makespanSeconds").asLong()).isEqualTo(7 * 3600 + 1800);
    assertThat(json.get("optimal").asBoolean()).isTrue();
    assertThat(json.get("gapPercent").asDouble()).isZero();
    assertThat(json.get("tasks")).hasSize(6);
    assertThat(json.get("tasks").findValuesAsText("slot")).containsOnly("backend-1");
  }

  @Test
  void theSameSeedAndSchedulesFindTheSameSchedule() {
    String plan = Path.of("..", "examples", "platform-hardening.yaml").toString();
    String[] words = {"schedule", plan, "--seed", "7", "--schedules", "500", "--output", "json"};

    assertThat(makespan(words).out()).isEqualTo(makespan(words).out());
  }

  @Test
  void theCurveEndsWhereMoreAgentsCannotHelpAndNamesTheKnee() {
    JsonNode json =
        makespan("agents-curve", PUBLISHING, "--merge", "0s", "--output", "json").json();

    assertThat(json.get("points")).hasSize(2);
    assertThat(json.get("points").get(0).get("makespanSeconds").asLong()).isEqualTo(27_000);
    assertThat(json.get("points").get(1).get("makespanSeconds").asLong()).isEqualTo(23_400);
    assertThat(json.get("knee").asInt()).isEqualTo(2);
    assertThat(json.get("oneAgentIsBest").asBoolean()).isFalse();
  }

  @Test
  void mergingThatCostsMoreThanItWinsMakesOneAgentBest() {
    Answer answer = makespan("agents-curve", PUBLISHING, "--merge", "3h");

    assertThat(answer.out()).contains("One agent is best", "Net counts 3h to merge");
  }

  @Test
  void aPlanWithoutUncertaintyIsSaidToBeForecastAsItsSchedule() {
    Answer answer = makespan("simulate", PUBLISHING, "--samples", "100");

    assertThat(answer.code()).isZero();
    assertThat(answer.out()).contains("No duration of this plan is uncertain", "P80      6h30m");
  }

  @Test
  void assumedUncertaintyMovesTheFinishPastThePlan() {
    JsonNode json =
        makespan("simulate", PUBLISHING, "--assume", "0.9,2", "--output", "json").json();

    assertThat(json.get("plannedSeconds").asLong()).isEqualTo(23_400);
    assertThat(json.get("onTime").asDouble()).isLessThan(0.1);
    assertThat(json.get("percentiles").get(2).get("percent").asInt()).isEqualTo(80);
    assertThat(json.get("percentiles").get(2).get("finishSeconds").asLong()).isGreaterThan(23_400);
    assertThat(json.get("curveSeconds")).hasSize(101);
    assertThat(json.get("tasks")).hasSize(6);
  }

  @Test
  void aPlanWithErrorsIsRefusedByAllThree() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "kind: Plan\n");

    for (String name : new String[] {"schedule", "agents-curve", "simulate"}) {
      Answer answer = makespan(name, bad.toString());

      assertThat(answer.code()).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(answer.err()).contains("bad.yaml:1:1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          schedule --schedules 0             | --schedules: expected 1 to
          schedule --seconds 3601            | --seconds: expected 1 to 3600, was 3601
          schedule --schedules 5 --seconds 5 | mutually exclusive
          schedule --agents pilot=2          | the plan has no role 'pilot'
          agents-curve --role pilot          | --role: the plan has no role 'pilot'
          agents-curve --max 0               | --max: expected 1 to 1000, was 0
          agents-curve --merge 5             | expected a duration such as
          agents-curve --conflicts 2         | expected 0 to 1, was 2.0
          simulate --samples 0               | expected 1 to 1000000, was 0
          simulate --assume 2,1              | expected 0 to 1 as the best case, was 2.0
          simulate --assume often            | --assume: expected BEST,WORST
          simulate --correlation NaN         | expected 0 to 1 as correlation, was NaN
          """)
  void misuseIsSaidWithCodeTwo(String line, String message) {
    Answer answer = makespan((line + " " + PUBLISHING).split(" "));

    assertThat(answer.code()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(answer.err()).contains(message).doesNotContain("\tat ");
  }
}
