package dev.makespan.planner;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name that a page of plans ended with, opaque to clients. */
final class PageToken {

  private static final String PREFIX = "after:";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private PageToken() {}

  static String after(String name) {
    byte[] bytes = (PREFIX + name).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The name; the empty string for the empty token; empty for a token that is none of ours. */
  static Optional<String> nameOf(String token) {
    if (token.isEmpty()) {
      return Optional.of("");
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return Optional.of(text)
          .filter(t -> t.startsWith(PREFIX))
          .map(t -> t.substring(PREFIX.length()))
          .filter(name -> NAME.matcher(name).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
