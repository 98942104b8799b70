/** What test and coverage reports say, as metrics: JUnit XML, JaCoCo, LCOV and Cobertura. */
@NullMarked
package dev.makespan.agent.measure;

import org.jspecify.annotations.NullMarked;
