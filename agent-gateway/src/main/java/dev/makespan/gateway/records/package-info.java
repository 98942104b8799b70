/**
 * What attempts leave behind: logs in segments and artifacts, behind ports of which a file system
 * is the one that needs nothing. Knows neither gRPC nor sessions.
 */
@NullMarked
package dev.makespan.gateway.records;

import org.jspecify.annotations.NullMarked;
