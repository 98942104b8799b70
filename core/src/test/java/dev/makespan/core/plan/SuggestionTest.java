package dev.makespan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  private static final List<String> KEYS =
      List.of("needs", "reads", "writes", "run", "agent-hours");

  @ParameterizedTest
  @CsvSource({
    "need,needs",
    "neesd,needs",
    "Needs,needs",
    "wirtes,writes",
    "write,writes",
    "agent_hours,agent-hours",
    "agenthours,agent-hours",
    "rum,run"
  })
  void theNearestNameIsSuggested(String wrong, String right) {
    assertThat(Suggestion.of(wrong, KEYS)).isEqualTo(", did you mean '" + right + "'?");
  }

  @ParameterizedTest
  @CsvSource({"colour", "x", "ru", "''"})
  void nothingIsSuggestedWhenNothingIsNear(String wrong) {
    assertThat(Suggestion.of(wrong, KEYS)).isEmpty();
  }
}
