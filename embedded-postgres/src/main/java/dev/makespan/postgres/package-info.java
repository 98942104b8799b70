/**
 * A durable PostgreSQL as a child process: {@link dev.makespan.postgres.EmbeddedServer} starts one
 * in a directory and keeps its data there between starts. {@link dev.makespan.postgres.DatabaseUrl}
 * says where a database is, this one or a user's own.
 */
@NullMarked
package dev.makespan.postgres;

import org.jspecify.annotations.NullMarked;
