package dev.moonflow.training.data.render;

/**
 * A line of text as drawn.
 *
 * @param text what it says
 * @param box where its ink is
 */
public record TextLine(String text, Box box) {}
