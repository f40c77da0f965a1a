/**
 * Encoded images, documents and videos to RGB pixels, and back where a test or the demo needs it.
 *
 * <p>What a file claims is checked against the limits before anything of that size is allocated:
 * the media type by its first bytes, the size from its header, the number of pages from its
 * directory. What cannot be decoded whole is an error, never a half grey image.
 */
package dev.moonflow.connectors.media;
