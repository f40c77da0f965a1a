package dev.moonflow.connectors.media;

/**
 * What an image file says of itself before any pixel is decoded.
 *
 * @param type its kind
 * @param width pixels in a row of the first page
 * @param height rows of the first page
 * @param pages images in the file; more than 1 only for TIFF
 */
public record ImageHeader(MediaType type, int width, int height, int pages) {}
