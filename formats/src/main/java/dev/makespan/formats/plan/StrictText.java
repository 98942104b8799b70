package dev.makespan.formats.plan;

import dev.makespan.core.plan.Position;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8, and nothing else, as text. */
final class StrictText {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private StrictText() {}

  static String of(byte[] content) throws PlanReader.UnreadableException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    CharBuffer chars = CharBuffer.allocate(content.length + 1);
    CoderResult result = decoder.decode(bytes, chars, true);
    chars.flip();
    String text = chars.toString();
    if (result.isError()) {
      throw new PlanReader.UnreadableException(
          endOf(text),
          "bad-encoding",
          "expected UTF-8, was the byte 0x%02X".formatted(content[bytes.position()]));
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** The place behind {@code text}; columns count code points. */
  static Position endOf(String text) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean returned = c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n');
      if (c == '\n' || returned) {
        line++;
        lineStart = i + 1;
      }
    }
    return new Position(line, text.codePointCount(lineStart, text.length()) + 1);
  }
}
