/**
 * Pictures of an item, read when its turn comes: image files, pages of documents, frames of videos,
 * and what was drawn here. Decoding is the connectors'.
 */
package dev.moonflow.training.evaluation.media;
