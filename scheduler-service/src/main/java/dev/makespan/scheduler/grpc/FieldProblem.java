package dev.makespan.scheduler.grpc;

/**
 * A field of a request that is not as it should be.
 *
 * @param text what was expected and what was there
 */
record FieldProblem(String field, String text) {}
