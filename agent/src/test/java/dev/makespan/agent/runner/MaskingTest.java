package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingTest {

  private static final String SECRET = "s3cret/pa+ss wörd";

  private static String inPieces(String text, Random chance) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Masking masking =
        new Masking(List.of(SECRET, "other-one"), (bytes, length) -> out.write(bytes, 0, length));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = 0;
    while (at < bytes.length) {
      int next = Math.min(bytes.length, at + 1 + chance.nextInt(9));
      byte[] piece = java.util.Arrays.copyOfRange(bytes, at, next);
      masking.take(piece, piece.length);
      at = next;
    }
    masking.finish();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aSecretIsMaskedHoweverItIsCut() {
    Random chance = new Random(2);
    for (int round = 0; round < 200; round++) {
      assertThat(inPieces("a " + SECRET + " b " + SECRET + SECRET + " other-one", chance))
          .isEqualTo("a *** b ****** ***");
    }
  }

  @Test
  void itsCommonEncodingsAreMaskedToo() {
    byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    String text =
        base64
            + " "
            + java.net.URLEncoder.encode(SECRET, StandardCharsets.UTF_8)
            + " "
            + java.util.HexFormat.of().formatHex(bytes);

    assertThat(Masking.masked(List.of(SECRET), text)).matches("\\*\\*\\*=* \\*\\*\\* \\*\\*\\*");
  }

  @Test
  void whatIsTooShortIsNoSecret() {
    assertThat(Masking.masked(List.of("1", ""), "1 2 1")).isEqualTo("1 2 1");
  }

  @Test
  void withoutSecretsNothingIsHeldBack() {
    StringBuilder out = new StringBuilder();
    Masking masking = new Masking(List.of(), (bytes, length) -> out.append(length));

    masking.take(new byte[7], 7);

    assertThat(out).hasToString("7");
  }
}
