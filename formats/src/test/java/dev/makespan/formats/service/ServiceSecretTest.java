package dev.makespan.formats.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSecretTest {

  private static final String WORD = "a-secret-of-the-tests";

  @TempDir Path folder = Path.of("");

  private static ServiceSecret of(String text) {
    return ServiceSecret.of(Optional.of(text), Optional.empty()).orElseThrow();
  }

  @Test
  void itIsSaidWholeOrNotAtAll() {
    ServiceSecret secret = of(WORD);

    assertThat(secret.isSaid(of(WORD).header())).isTrue();
    assertThat(secret.isSaid("Bearer " + WORD + "x")).isFalse();
    assertThat(secret.isSaid("Bearer " + WORD.substring(1))).isFalse();
    assertThat(secret.isSaid(WORD)).isFalse();
    assertThat(secret.isSaid("")).isFalse();
  }

  @Test
  void aFileHoldsItWithOrWithoutALinesEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), WORD + "\n");

    assertThat(ServiceSecret.of(Optional.empty(), Optional.of(file)).orElseThrow().header())
        .isEqualTo("Bearer " + WORD);
    assertThatThrownBy(
            () -> ServiceSecret.of(Optional.empty(), Optional.of(folder.resolve("none"))))
        .hasMessageContaining("can't be read");
  }

  @Test
  void nothingIsNoneAndWeakOnesAreRefusedWithoutBeingShown() {
    assertThat(ServiceSecret.of(Optional.empty(), Optional.empty())).isEmpty();
    assertThat(ServiceSecret.of(Optional.of("  "), Optional.empty())).isEmpty();
    assertThatThrownBy(() -> of("short"))
        .hasMessageContaining("16 to 1024")
        .hasMessageNotContaining("short");
    assertThatThrownBy(() -> of("two words that are long"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(of(WORD).toString()).doesNotContain(WORD);
  }
}
