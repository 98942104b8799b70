package dev.makespan.formats.analysis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * An analysis as JSON: an {@link AnalysisDocument}, the same text from every door. Who calls this
 * brings Jackson along; the other forms need none.
 */
public final class AnalysisJson {

  private static final ObjectWriter WRITER =
      new ObjectMapper()
          .registerModule(
              new SimpleModule()
                  .addSerializer(double.class, new Seconds())
                  .addSerializer(Double.class, new Seconds()))
          .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private AnalysisJson() {}

  /** Numbers are whole where they are. */
  private static final class Seconds extends JsonSerializer<Double> {
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

  public static String of(AnalyzedPlan analyzed) {
    return of(AnalysisDocument.of(analyzed));
  }

  public static String of(AnalysisDocument document) {
    try {
      return WRITER.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document of records is always JSON", e);
    }
  }
}
