package dev.makespan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextNumbersTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 1_000})
  void everyTextIsFoundByItsNumberHoweverManyWereExpected(int expected) {
    List<String> texts = Stream.iterate(0, n -> n < 1_000, n -> n + 1).map(n -> "t" + n).toList();

    TextNumbers numbers = numbersOf(texts, expected);

    assertThat(numbers.size()).isEqualTo(1_000);
    assertThat(numbers.texts()).isEqualTo(texts);
    assertThat(texts.stream().map(numbers::find).toList()).isEqualTo(places(texts));
    assertThat(numbers.find("t1000")).isEqualTo(TextNumbers.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2_048})
  void textsThatAreMadeToShareAHashAreFoundAllTheSame(int expected) {
    List<String> texts = ofOneHash(11);

    TextNumbers numbers = numbersOf(texts, expected);

    assertThat(texts.stream().mapToInt(String::hashCode).distinct()).hasSize(1);
    assertThat(texts.stream().map(numbers::find).toList()).isEqualTo(places(texts));
    assertThat(numbers.find("an".repeat(10) + "az")).isEqualTo(TextNumbers.NONE);
  }

  @Test
  void ofEqualTextsTheFirstIsFoundAndTheNextHaveNumbersToo() {
    List<String> texts = new ArrayList<>(ofOneHash(6));
    texts.addAll(ofOneHash(6));

    TextNumbers numbers = numbersOf(texts, texts.size());

    assertThat(ofOneHash(6).stream().map(numbers::find).toList()).isEqualTo(places(ofOneHash(6)));
    numbers.add("last");
    assertThat(numbers.find("last")).isEqualTo(texts.size());
  }

  @Test
  void anEqualTextIsFoundThoughItIsAnotherObject() {
    TextNumbers numbers = numbersOf(List.of("a", "b"), 2);

    assertThat(numbers.find(String.valueOf(new char[] {'b'}))).isEqualTo(1);
  }

  private static TextNumbers numbersOf(List<String> texts, int expected) {
    TextNumbers numbers = new TextNumbers(expected);
    texts.forEach(numbers::add);
    return numbers;
  }

  private static List<Integer> places(List<String> texts) {
    return Stream.iterate(0, n -> n < texts.size(), n -> n + 1).toList();
  }

  /** All of {@code pairs} pairs of letters, of which each two pairs add the same to a hash. */
  private static List<String> ofOneHash(int pairs) {
    List<String> texts = List.of("");
    for (int i = 0; i < pairs; i++) {
      texts = texts.stream().flatMap(text -> Stream.of(text + "an", text + "c0")).toList();
    }
    return texts;
  }
}
