/**
 * Conformance: replays a folder of golden values through the product's own code and reports the
 * largest error of every quantity against its tolerance.
 *
 * <p>A {@link dev.moonflow.model.conformance.Section} covers one area of the folder and knows
 * nothing of the others; {@link dev.moonflow.model.conformance.ConformanceRunner} lists them. All
 * dimensions, names and seeds come from the folder. May use every package of the model.
 */
package dev.moonflow.model.conformance;
