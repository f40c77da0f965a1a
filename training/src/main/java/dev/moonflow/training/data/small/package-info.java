/**
 * Small pictures for a small model: slips of paper, tables, charts, scenes of icons, frames and
 * sums, each at most 336 pixels wide and high, with glyphs of 16 to 28 pixels, and short questions
 * with exact answers. Names, values and whole pictures belong to one side, training or held out, by
 * {@link dev.moonflow.training.data.print.Side#of their hash}. Stands on print, render and text.
 */
package dev.moonflow.training.data.small;
