/**
 * Lines of print as a layout step cuts them from pages and scans, in the many fonts that a machine
 * has installed and in words that people wrote. Two sides, training and held out, are kept apart by
 * type design and by word. Stands on render and text, and on the product's own layout.
 */
package dev.moonflow.training.data.print;
