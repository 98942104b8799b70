/** A database for tests: one server per JVM, a fresh database per Quarkus start. */
@NullMarked
package dev.makespan.postgres.testing;

import org.jspecify.annotations.NullMarked;
