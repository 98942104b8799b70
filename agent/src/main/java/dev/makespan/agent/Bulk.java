package dev.makespan.agent;

import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where what attempts leave behind goes to: the gateway of the agent's stream, over a connection of
 * its own.
 */
interface Bulk {

  /**
   * Begins to write the log of an attempt; what comes back is told to {@code listener}, from any
   * thread, and first of all the position.
   *
   * @param oldest the oldest sequence that can still be said
   */
  LogOut writeLog(SessionId session, TaskRef task, long oldest, LogListener listener);

  /** Puts {@code file} as what was made; blocks until it is kept or not. */
  Kept put(SessionId session, TaskRef task, MadeArtifact made, Path file)
      throws IOException, InterruptedException;

  /** What became of a file. */
  sealed interface Kept {
    record Whole() implements Kept {}

    /** Trying again may help. */
    record NotNow(String reason) implements Kept {}

    /** Trying again is of no use. */
    record Never(String reason) implements Kept {}
  }

  /** The agent's half of a log's stream. */
  interface LogOut {

    /** Whether a piece would leave at once rather than wait in memory. */
    boolean isReady();

    void say(LogFeed.Piece piece);

    /** Nothing more is said. */
    void complete();
  }

  /** The gateway's half of it. */
  interface LogListener {

    /** All up to here is kept. */
    void kept(long position);

    /** More would leave at once. */
    void ready();

    /** The stream has ended. */
    void ended(String reason, boolean forGood);
  }
}
