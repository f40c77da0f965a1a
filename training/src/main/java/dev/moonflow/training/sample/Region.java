package dev.moonflow.training.sample;

/**
 * A labelled box on an image: a word, a button, an object. Augmentation moves it with the pixels.
 *
 * @param part index of the image among the example's parts
 * @param left pixels from the image's left edge, inclusive
 * @param top pixels from its top edge, inclusive
 * @param right pixels, exclusive
 * @param bottom pixels, exclusive
 * @param label what is there
 */
public record Region(
    int part, double left, double top, double right, double bottom, String label) {}
