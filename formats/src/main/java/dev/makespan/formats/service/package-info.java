/** What services say to each other beside their contracts. */
@NullMarked
package dev.makespan.formats.service;

import org.jspecify.annotations.NullMarked;
