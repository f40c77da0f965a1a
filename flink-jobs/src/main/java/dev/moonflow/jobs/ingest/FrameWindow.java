package dev.moonflow.jobs.ingest;

/**
 * The time of a video that one caption describes.
 *
 * @param startMillis its beginning, event time, milliseconds since the epoch
 * @param endMillis its end, exclusive
 * @param frames frames that arrived in time, at least 1
 * @param skipped those of them that showed nothing new
 * @param missing frames that did not arrive, told by gaps in the numbers of frames
 */
public record FrameWindow(long startMillis, long endMillis, int frames, int skipped, int missing) {
  public FrameWindow {
    if (endMillis <= startMillis || frames < 1 || skipped < 0 || skipped > frames || missing < 0) {
      throw new IllegalArgumentException(
          "a window from %d to %d of %d frames, %d skipped, %d missing"
              .formatted(startMillis, endMillis, frames, skipped, missing));
    }
  }
}
