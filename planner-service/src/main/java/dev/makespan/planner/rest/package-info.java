/**
 * The door for REST, under {@code /api/v1}: JSON with wire records of its own, durations in
 * seconds, refusals as {@code application/problem+json} (RFC 9457).
 */
@NullMarked
package dev.makespan.planner.rest;

import org.jspecify.annotations.NullMarked;
