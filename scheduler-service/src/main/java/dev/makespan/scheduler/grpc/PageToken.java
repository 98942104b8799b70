package dev.makespan.scheduler.grpc;

import java.util.regex.Pattern;

/** Where a list goes on: below the id of the last run that was shown. */
final class PageToken {

  static final long BEGINNING = Long.MAX_VALUE;
  private static final Pattern SYNTAX = Pattern.compile("[1-9][0-9]{0,17}");

  private PageToken() {}

  static String after(long lastId) {
    return Long.toString(lastId);
  }

  /** The id to go on below; 0: it is no token. */
  static long read(String token) {
    if (token.isEmpty()) {
      return BEGINNING;
    }
    return SYNTAX.matcher(token).matches() ? Long.parseLong(token) : 0;
  }
}
