/**
 * Plans and reports in PostgreSQL, as documents through Hibernate Reactive Panache. Rows are
 * package-private and have no behaviour.
 */
@NullMarked
package dev.makespan.planner.store;

import org.jspecify.annotations.NullMarked;
