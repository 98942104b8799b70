@org.jspecify.annotations.NullMarked
package dev.makespan.planner.wire;
