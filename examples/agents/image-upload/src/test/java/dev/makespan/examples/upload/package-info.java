/** Tests of the example: pictures, hashes, and a planner that is full at first. */
@NullMarked
package dev.makespan.examples.upload;

import org.jspecify.annotations.NullMarked;
