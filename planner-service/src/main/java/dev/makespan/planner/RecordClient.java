package dev.makespan.planner;

import dev.makespan.core.task.TaskRef;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** The gateways, as those who keep what attempts have left behind. Calls block. */
public interface RecordClient {

  /** Takes what is read, at its own pace. */
  interface Taker<T> {
    /** False: no more is wanted. */
    boolean take(T one) throws InterruptedException;

    /** Asked while there is nothing to take. */
    default boolean isWanted() {
      return true;
    }
  }

  /** The content of an artifact as it is read; what it is comes first. */
  interface ContentTaker {
    boolean begin(ArtifactFact artifact) throws InterruptedException;

    boolean take(ByteBuffer part) throws InterruptedException;
  }

  /**
   * The log as far as it is known now.
   *
   * @param number of the attempt, for what is told of it
   * @return the last sequence that was read, or {@code after}
   */
  Answer<Long> log(TaskRef attempt, int number, long after, Taker<LogPiece> taker)
      throws InterruptedException;

  Answer<List<ArtifactFact>> artifacts(TaskRef attempt, int number);

  /** The artifact, when all of it was taken or no more was wanted. */
  Answer<ArtifactFact> artifact(TaskRef attempt, int number, String name, ContentTaker taker)
      throws InterruptedException;

  /** An address in the store itself; {@code lifetime}: zero is what the gateway likes. */
  Answer<ArtifactLink> link(TaskRef attempt, int number, String name, Duration lifetime);
}
