package dev.makespan.scheduler.grpc;

import java.util.List;

/** A request from outside: what it asks, or all that is wrong with it. */
sealed interface Reading<T> {

  record Valid<T>(T value) implements Reading<T> {}

  record Invalid<T>(List<FieldProblem> problems) implements Reading<T> {}
}
