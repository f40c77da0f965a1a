/**
 * The image processor (SPEC section 4): plans a resize under the token limit, resamples exactly as
 * Pillow does, pads or crops to whole patches. Knows pixels and {@code preprocessor_config.json},
 * not weights; normalising and cutting into patches belong to the kernels.
 */
package dev.moonflow.model.image;
