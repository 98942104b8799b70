@NullMarked
package dev.makespan.bench.dispatch;

import org.jspecify.annotations.NullMarked;
