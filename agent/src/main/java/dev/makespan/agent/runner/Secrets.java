package dev.makespan.agent.runner;

import java.util.Optional;

/** The values of secrets that an agent may hand to work, by the names that plans use. */
public interface Secrets {

  /** None. */
  Secrets NONE = name -> Optional.empty();

  /** The value; empty: this agent does not have it. */
  Optional<String> find(String name);
}
