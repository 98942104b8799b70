/** The journal in PostgreSQL: narrow tables, whole groups per statement, the database's clock. */
@NullMarked
package dev.makespan.scheduler.store;

import org.jspecify.annotations.NullMarked;
