package dev.moonflow.jobs.video;

/**
 * A frame in state.
 *
 * @param number its name among the frames of its stream
 * @param timeMillis event time
 * @param novelty how much it differed from the frame before it that was kept, 0 to 255
 * @param bytes of the encoded image
 */
record KeptFrame(long number, long timeMillis, int novelty, int bytes) {}
