/**
 * Analyses and reviews of plans in their outer forms: text, Markdown, JSON, Mermaid and SVG. All
 * start from an {@link dev.makespan.formats.analysis.AnalyzedPlan}; nothing here computes a figure.
 */
@NullMarked
package dev.makespan.formats.analysis;

import org.jspecify.annotations.NullMarked;
