package dev.makespan.core.dispatch;

/** What a live attempt hears that asks for more files. */
sealed interface LateAnswer {

  /** It has them, until it ends. */
  record Granted() implements LateAnswer {}

  /** Others have them; it gets all of them when they are free, before any task that starts. */
  record Queued(String reason) implements LateAnswer {}

  /** It will not get them by waiting. */
  record Refused(String reason) implements LateAnswer {}
}
