package dev.makespan.planner;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a page ended with: the name of a plan or a number, opaque to clients. */
final class PageToken {

  private static final String PREFIX = "after:";
  private static final Pattern LAST = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private PageToken() {}

  static String after(StoredPlan last) {
    return after(last.name());
  }

  static String after(String last) {
    byte[] bytes = (PREFIX + last).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What the page before ended with, empty for the first; refused with all that is wrong. */
  static Answer<String> check(Texts texts, int pageSize, String pageToken) {
    List<Violation> wrong =
        texts
            .require(
                Page.isSize(pageSize),
                "page_size",
                "expected 0 to " + Page.MAX_SIZE + ", was " + pageSize)
            .require(
                lastOf(pageToken).isPresent(),
                "page_token",
                "expected next_page_token of an earlier answer")
            .violations();
    return wrong.isEmpty()
        ? Answer.of(lastOf(pageToken).orElseThrow())
        : Answer.refused(Refusal.invalid(wrong));
  }

  /** A token of another list, which has no number, stands for the end. */
  static int versionOf(String last) {
    return NUMBER.matcher(last).matches() ? Integer.parseInt(last) : 0;
  }

  /** The empty string for the empty token; empty for a token that is none of ours. */
  private static Optional<String> lastOf(String token) {
    if (token.isEmpty()) {
      return Optional.of("");
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return Optional.of(text)
          .filter(t -> t.startsWith(PREFIX))
          .map(t -> t.substring(PREFIX.length()))
          .filter(last -> LAST.matcher(last).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
