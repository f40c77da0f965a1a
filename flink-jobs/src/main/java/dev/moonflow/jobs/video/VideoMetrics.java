package dev.moonflow.jobs.video;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What happened to frames and windows, counted. */
final class VideoMetrics {
  /** Frames that came, whatever became of them. */
  final Counter frames;

  /** Frames that showed nothing new. */
  final Counter skipped;

  /** Frames that came twice. */
  final Counter duplicate;

  /** Frames of windows that were closed. */
  final Counter late;

  /** Frames that gaps in the numbers tell of. */
  final Counter missing;

  /** Frames that gave way to others of their window. */
  final Counter displaced;

  /** Windows that go to the model. */
  final Counter windows;

  /** Windows that show nothing new. */
  final Counter unchanged;

  /** Streams that were forgotten, or began anew. */
  final Counter ended;

  final Counter deadLetters;

  VideoMetrics(MetricGroup group) {
    frames = group.counter("frames_total");
    skipped = group.counter("frames_skipped_total");
    duplicate = group.counter("frames_duplicate_total");
    late = group.counter("frames_late_total");
    missing = group.counter("frames_missing_total");
    displaced = group.counter("frames_displaced_total");
    windows = group.counter("windows_total");
    unchanged = group.counter("windows_unchanged_total");
    ended = group.counter("streams_ended_total");
    deadLetters = group.counter("dead_letters_total");
  }
}
