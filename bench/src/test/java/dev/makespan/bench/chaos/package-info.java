/** The checkers are given broken histories, and must find what is broken. */
@NullMarked
package dev.makespan.bench.chaos;

import org.jspecify.annotations.NullMarked;
