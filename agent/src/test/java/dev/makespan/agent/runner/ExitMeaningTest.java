package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.session.AgentSays.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitMeaningTest {

  @ParameterizedTest
  @CsvSource({
    "0, OK, done",
    "1, FAILED, exit code 1",
    "75, FAILED, another try",
    "78, FATAL, configured wrongly",
    "126, FATAL, cannot be executed",
    "127, FATAL, was not found",
    "137, FAILED, KILL",
    "143, FAILED, TERM",
    "255, FAILED, exit code 255"
  })
  void anExitCodeSaysWhetherTryingAgainMayHelp(int code, Outcome outcome, String text) {
    ExitMeaning meaning = ExitMeaning.of(code);

    assertThat(meaning.outcome()).isEqualTo(outcome);
    assertThat(meaning.text()).contains(text);
  }
}
