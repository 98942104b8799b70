package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LogPrinterTest {

  private final StringWriter text = new StringWriter();
  private final LogPrinter named = new LogPrinter(new PrintWriter(text), true);

  @Test
  void linesOfSeveralTasksAreNotCutByEachOther() {
    named.print("compile", ByteString.copyFromUtf8("one\ntw"));
    named.print("lint", ByteString.copyFromUtf8("fine\n"));
    named.print("compile", ByteString.copyFromUtf8("o\n"));

    assertThat(text.toString()).isEqualTo("compile | one\nlint | fine\ncompile | two\n");
  }

  @Test
  void whatHasNoEndIsPrintedAtTheEndAndWhatIsMissingIsSaid() {
    named.print("compile", ByteString.copyFromUtf8("begun"));
    named.dropped("compile", 70);
    named.print("compile", ByteString.copyFromUtf8("rest"));
    named.end("compile");

    assertThat(text.toString())
        .isEqualTo("compile | begun\ncompile | … 70 bytes were dropped here …\ncompile | rest\n");
  }

  @Test
  void controlCharactersAreShownAndNotObeyed() {
    new LogPrinter(new PrintWriter(text), false)
        .print("a", ByteString.copyFromUtf8("\u001b[31mred\u001b[0m\tx\r\n\u001b]0;title\u0007\n"));

    assertThat(text.toString()).isEqualTo("red\tx\n\\u001b]0;title\\u0007\n");
  }
}
