/**
 * Seeing (SPEC sections 5 and 6): MoonViT over a packed batch of images of any size, and the
 * projector into the language model's space. Results for an image are the same bits whatever else
 * is in the batch.
 */
package dev.moonflow.model.vision;
