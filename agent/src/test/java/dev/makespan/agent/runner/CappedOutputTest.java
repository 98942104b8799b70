package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CappedOutputTest {

  private static void take(CappedOutput output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.take(bytes, bytes.length);
  }

  @Test
  void whatFitsIsKeptWhole() {
    CappedOutput output = new CappedOutput(4, 4);
    take(output, "abc");
    take(output, "defgh");

    assertThat(output.text()).isEqualTo("abcdefgh");
    assertThat(output.droppedBytes()).isZero();
  }

  @Test
  void betweenBeginAndEndItIsSaidWhatWasDropped() {
    CappedOutput output = new CappedOutput(3, 3);
    take(output, "abc0123456789xyz");

    assertThat(output.text()).isEqualTo("abc\n… 10 bytes were dropped here …\nxyz");
    assertThat(output.totalBytes()).isEqualTo(16);
  }

  @Test
  void howItIsCutIntoPiecesMakesNoDifference() {
    Random chance = new Random(1);
    for (int round = 0; round < 500; round++) {
      String text = "0123456789abcdefghij".repeat(chance.nextInt(5));
      CappedOutput whole = new CappedOutput(7, 11);
      CappedOutput pieces = new CappedOutput(7, 11);
      take(whole, text);
      int at = 0;
      while (at < text.length()) {
        int next = Math.min(text.length(), at + 1 + chance.nextInt(30));
        take(pieces, text.substring(at, next));
        at = next;
      }
      assertThat(pieces.text()).isEqualTo(whole.text());
      assertThat(pieces.droppedBytes()).isEqualTo(whole.droppedBytes());
    }
  }

  @Test
  void theLastLinesAreThoseThatSaySomething() {
    CappedOutput output = new CappedOutput(100, 100);
    take(output, "one\n\ntwo\nthree\n\n");

    assertThat(output.lastLines(2, 100)).containsExactly("two", "three");
    assertThat(output.lastLines(5, 7)).containsExactly("tw", "three");
  }
}
