package dev.makespan.planner;

/** The planner's database can't be reached. Breaks a use case; the doors answer UNAVAILABLE. */
public final class StoreUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailable(Throwable cause) {
    super("the planner's database can't be reached", cause);
  }
}
