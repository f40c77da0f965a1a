package dev.moonflow.connectors.media;

/**
 * One frame of a video.
 *
 * @param index position among the frames that were taken, from 0
 * @param timestampMicros presentation time from the start of the video, in microseconds
 * @param image its pixels
 */
public record VideoFrame(long index, long timestampMicros, DecodedImage image) {}
