package dev.moonflow.connectors.media;

import java.time.Instant;

/**
 * One frame of a stream, and when it was seen.
 *
 * @param index position among the frames that were taken, from 0
 * @param time event time
 * @param image its pixels
 */
public record TimedFrame(long index, Instant time, DecodedImage image) {}
