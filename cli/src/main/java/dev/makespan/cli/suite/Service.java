package dev.makespan.cli.suite;

import java.util.Locale;

/**
 * The services, in the order in which their ends disturb least when they are stopped last first.
 */
public enum Service {
  SCHEDULER("scheduler-service"),
  PLANNER("planner-service"),
  GATEWAY("agent-gateway");

  private final String module;

  Service(String module) {
    this.module = module;
  }

  /** Its folder in the project, its log's name, and what people call it. */
  public String module() {
    return module;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
