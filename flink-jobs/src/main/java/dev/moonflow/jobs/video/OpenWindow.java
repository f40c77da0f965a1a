package dev.moonflow.jobs.video;

import dev.moonflow.connectors.kafka.RawRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A window that may still get frames. Immutable.
 *
 * @param start its beginning, event time
 * @param frames frames that have arrived
 * @param skipped those of them that showed nothing new
 * @param missing gaps in the numbers of frames
 * @param newest record of the frame that came last, without its value
 * @param kept frames that will be shown, by event time
 */
record OpenWindow(
    long start, int frames, int skipped, int missing, RawRecord newest, List<KeptFrame> kept) {
  OpenWindow {
    kept = List.copyOf(kept);
  }

  /** A window before its first frame. */
  static OpenWindow at(long start, RawRecord newest) {
    return new OpenWindow(start, 0, 0, 0, newest, List.of());
  }

  /** With one frame more that is not shown. */
  OpenWindow withSkipped(int gap, RawRecord source) {
    return new OpenWindow(start, frames + 1, skipped + 1, missing + gap, source, kept);
  }

  /** With one frame more that is shown. */
  OpenWindow with(KeptFrame frame, int gap, RawRecord source) {
    List<KeptFrame> more = new ArrayList<>(kept);
    more.add(frame);
    more.sort(Comparator.comparingLong(KeptFrame::timeMillis).thenComparing(KeptFrame::number));
    return new OpenWindow(start, frames + 1, skipped, missing + gap, source, more);
  }

  /** With one missing frame less: it has come after all. */
  OpenWindow withOneFound() {
    return new OpenWindow(start, frames, skipped, missing - 1, newest, kept);
  }

  /** Without a frame, which is shown no more. */
  OpenWindow without(KeptFrame frame) {
    List<KeptFrame> less = new ArrayList<>(kept);
    less.remove(frame);
    return new OpenWindow(start, frames, skipped, missing, newest, less);
  }

  /** The frame that brought least that was new, the older of two; never the one that came last. */
  KeptFrame leastNovel() {
    long last = kept.stream().mapToLong(KeptFrame::number).max().orElseThrow();
    return kept.stream()
        .filter(frame -> frame.number() != last)
        .min(
            Comparator.comparingInt(KeptFrame::novelty)
                .thenComparing(KeptFrame::timeMillis)
                .thenComparing(KeptFrame::number))
        .orElseThrow();
  }
}
