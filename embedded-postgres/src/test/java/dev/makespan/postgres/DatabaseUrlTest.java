package dev.makespan.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

  @Test
  void aWholeUrlIsTakenApart() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://ann:s%40cret+1@db.example:6543/plans");

    assertThat(url).isEqualTo(new DatabaseUrl("db.example", 6543, "plans", "ann", "s@cret+1"));
    assertThat(url.environment()).containsEntry("DATABASE_PASSWORD", "s@cret+1").hasSize(5);
  }

  @Test
  void thePortMayBeLeftOut() {
    DatabaseUrl url = DatabaseUrl.parse("postgres://ann@[::1]/plans?sslmode=disable");

    assertThat(url).isEqualTo(new DatabaseUrl("[::1]", 5432, "plans", "ann", ""));
  }

  @Test
  void thePasswordIsNotShown() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://ann:secret@db/plans");

    assertThat(url).hasToString("postgresql://ann@db:5432/plans");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                              | expected postgresql://user:password@host:port/database, was nothing
          mysql://a@h/d                   | begins with postgresql://
          localhost:5432                  | begins with postgresql://
          postgresql://a:b@h:port/d       | expected a port from 1 to 65535, was 'port'
          postgresql://a:b@h:70000/d      | expected a port from 1 to 65535, was '70000'
          postgresql://a:b@h              | the name of a database
          postgresql://a:b@h/d/e          | the name of a database
          postgresql://h/d                | expected a user
          postgresql://a@/d               | expected a host
          postgresql://a@h/d?sslmode=x    | no options
          postgresql://a b@h/d            | at character
          """)
  void aBrokenUrlIsRefusedInOneLine(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.parse(text))
        .withMessageContaining(message)
        .withMessageNotContaining("\n");
  }
}
