/**
 * Small sets of questions made here, one kind for each area: drawn with outlines of the font that
 * PDFBox carries, so that no machine's fonts matter. An item is a function of task, seed and index;
 * scores on these sets say how a model of this project comes along and cannot be compared with
 * published figures.
 */
package dev.moonflow.training.evaluation.synthetic;
