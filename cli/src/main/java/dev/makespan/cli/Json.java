package dev.makespan.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;

/** Answers for programs: built by hand, since these names are an interface. */
final class Json {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final ObjectMapper TREES =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(double.class, new Numbers())
                  .addSerializer(Double.class, new Numbers()));

  private Json() {}

  private static final class Numbers extends JsonSerializer<Double> {
    @Override
    public void serialize(Double number, JsonGenerator out, SerializerProvider with)
        throws IOException {
      if (number == Math.rint(number)) {
        out.writeNumber(number.longValue());
      } else {
        out.writeNumber(number);
      }
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A number of seconds, whole where it is. */
  static void putSeconds(ObjectNode node, String name, Duration duration) {
    if (duration.toMillisPart() == 0) {
      node.put(name, duration.toSeconds());
    } else {
      node.put(name, duration.toMillis() / 1000.0);
    }
  }

  /** A document of records as a tree; numbers are whole where they are. */
  static ObjectNode tree(Object document) {
    return TREES.valueToTree(document);
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of nodes is always JSON", e);
    }
  }
}
