/** Records in an S3-compatible store: what a folder keeps as files stands there as objects. */
@NullMarked
package dev.makespan.gateway.records.s3;

import org.jspecify.annotations.NullMarked;
