package dev.makespan.gateway.records;

import java.io.IOException;
import java.time.Instant;

/** Forgets what attempts have left behind when nothing of it was written to for long. */
public interface Sweep {

  /**
   * Goes over all of it.
   *
   * @return how many attempts were forgotten
   */
  int sweep(Instant now) throws IOException;
}
