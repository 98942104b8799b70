package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Node;
import dev.makespan.core.plan.PlanShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema for editors and the check know the same keys. */
class PlanSchemaTest {

  private final Node schema = schema();

  @ParameterizedTest
  @EnumSource(PlanShape.class)
  void theSchemaHasTheKeysThatTheCheckKnowsAndNoOthers(PlanShape shape) {
    Node definition = shape == PlanShape.PLAN ? schema : value(value(schema, "$defs"), name(shape));

    List<String> keys = keys(value(definition, "properties"));

    assertThat(keys).isEqualTo(shape.keys());
    assertThat(value(definition, "additionalProperties"))
        .isInstanceOfSatisfying(Node.Bool.class, bool -> assertThat(bool.value()).isFalse());
  }

  @Test
  void everyDefinitionThatTheSchemaRefersToIsThere() {
    List<String> defined = keys(value(schema, "$defs"));

    List<String> used =
        text()
            .lines()
            .filter(line -> line.contains("\"$ref\""))
            .map(line -> line.replaceAll(".*#/\\$defs/([a-z-]+)\".*", "$1"))
            .distinct()
            .toList();

    assertThat(defined).containsAll(used);
    assertThat(used).containsAll(defined);
  }

  private static String name(PlanShape shape) {
    return shape.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> keys(Node node) {
    return ((Node.Mapping) node).entries().stream().map(entry -> entry.key().value()).toList();
  }

  private static Node value(Node node, String key) {
    return ((Node.Mapping) node)
        .entries().stream()
            .filter(entry -> entry.key().value().equals(key))
            .map(Node.Entry::value)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no key " + key));
  }

  private static Node schema() {
    try {
      return new YamlNodes(text()).read();
    } catch (PlanReader.UnreadableException e) {
      throw new AssertionError(e);
    }
  }

  private static String text() {
    try (InputStream in = PlanReader.class.getResourceAsStream("plan.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
