package dev.makespan.bench.chaos;

import java.time.Duration;

/** What happens to connections; bytes are counted from the moment when it is decided. */
sealed interface LinkFate {

  /** Everything passes. */
  record Sound() implements LinkFate {}

  /** Everything passes, in both directions, later. */
  record Delay(Duration by) implements LinkFate {}

  /** Both ends see a reset after so many bytes to the server. */
  record ResetAfter(int bytes) implements LinkFate {}

  /** The server sees an end after so many bytes, and goes on being heard. */
  record HalfCloseAfter(int bytes) implements LinkFate {}

  /** Of what the server says only so many bytes arrive; then both ends see a reset. */
  record LoseRepliesAfter(int bytes, Duration silence) implements LinkFate {}
}
