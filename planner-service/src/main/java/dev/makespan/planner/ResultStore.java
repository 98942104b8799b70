package dev.makespan.planner;

import java.util.Optional;

/** Where results are kept by their question's key, until they are old or room is needed. */
public interface ResultStore {

  Optional<Result> findResult(String key);

  /** Keeps it, unless it is too large; the first result of a key stays. */
  void keep(String key, Result result);
}
