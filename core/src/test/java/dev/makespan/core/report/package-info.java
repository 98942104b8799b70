@org.jspecify.annotations.NullMarked
package dev.makespan.core.report;
