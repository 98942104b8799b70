package dev.makespan.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedPathTest {

  @Test
  void aRawDiffIsReadWithItsModes() {
    String raw =
        ":100644 000000 aa 00 D\0gone\0:000000 120000 00 bb A\0a link\0"
            + ":000000 160000 00 cc A\0inner\0:100644 100755 aa dd M\0x\ny\0";

    assertThat(ChangedPath.parse(raw))
        .extracting(ChangedPath::path)
        .containsExactly("gone", "a link", "inner", "x\ny");
    assertThat(ChangedPath.parse(raw))
        .extracting(ChangedPath::isLink)
        .containsExactly(false, true, false, false);
    assertThat(ChangedPath.parse(raw))
        .extracting(ChangedPath::isRepository)
        .containsExactly(false, false, true, false);
    assertThat(ChangedPath.parse("")).isEmpty();
  }

  @Test
  void whatIsNoRawDiffIsNotRead() {
    assertThatIllegalArgumentException().isThrownBy(() -> ChangedPath.parse("M\0src\0"));
  }

  @ParameterizedTest
  @CsvSource({
    "link, a, false",
    "a/b/link, ../../c, false",
    "a/b/link, ../../../c, true",
    "a/link, b/../../../c, true",
    "a/link, ./b/./c, false",
    "link, /etc, true",
    "link, .git/hooks, true",
    "a/link, ../.GIT/config, true",
    "a/link, .git, false",
    "link, .., true",
    "link, a\\b, true"
  })
  void aLinkLeadsOutOrNot(String path, String target, boolean leadsOut) {
    assertThat(ChangedPath.leadsOut(path, target)).isEqualTo(leadsOut);
  }
}
