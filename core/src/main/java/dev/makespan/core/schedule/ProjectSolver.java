package dev.makespan.core.schedule;

/** Finds short schedules. {@link Solver} is the one that is used; another can stand in. */
@FunctionalInterface
public interface ProjectSolver {

  /**
   * The best schedule found, a bound that no schedule beats, and how many schedules that took. The
   * same project and search give the same solution as long as {@code watch} does not end it.
   */
  Solution solve(Project project, Search search, SearchWatch watch);
}
