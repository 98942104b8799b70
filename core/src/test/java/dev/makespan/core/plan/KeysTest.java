package dev.makespan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys of shapes, what a mapping says of them, and lists of values that come once. */
class KeysTest {

  private static final Position AT = new Position(1, 1);

  @Test
  void everyKeyOfAShapeStandsAtItsPlaceAndNoOther() {
    for (PlanShape shape : PlanShape.values()) {
      for (int place = 0; place < shape.keys().size(); place++) {
        assertThat(shape.place(new String(shape.keys().get(place)))).isEqualTo(place);
      }
      assertThat(shape.keys()).hasSizeLessThanOrEqualTo(Long.SIZE);
      for (String other : List.of("", "ids", "Title", "no-key", "writes ")) {
        assertThat(shape.has(other)).isFalse();
      }
    }
  }

  @Test
  void aTaskHasItsOwnKeysAndThoseOfTheDefaults() {
    Problems problems = new Problems();
    Fields defaults = Fields.of(mapping("role", "size", "title"), PlanShape.DEFAULTS, problems);
    Fields own = Fields.of(mapping("id", "title", "duration"), PlanShape.TASK, problems);

    Fields task = own.over(defaults);

    assertThat(problems.sorted()).isEmpty();
    assertThat(task.has("role")).isTrue();
    assertThat(task.has("size")).as("the task says its duration").isFalse();
    assertThat(task.find("title")).isSameAs(own.find("title"));
    assertThat(task.hasAny(new KeyGroup("needs", "role"))).isTrue();
    assertThat(own.hasAny(new KeyGroup("needs", "role"))).isFalse();
  }

  @Test
  void fewAndManyValuesComeOnceInTheirOrder() {
    for (int most : new int[] {4, 40}) {
      Once<Integer> once = new Once<>(most);
      for (int i = 0; i < most; i++) {
        assertThat(once.add(i * 7 % 3)).isEqualTo(i < 3);
      }
      assertThat(once.all()).containsExactly(0, 1, 2);
    }
  }

  private static Node.Mapping mapping(String... keys) {
    return new Node.Mapping(
        AT,
        List.of(keys).stream()
            .map(key -> new Node.Entry(new Node.Text(AT, key), new Node.Text(AT, "x")))
            .toList());
  }
}
