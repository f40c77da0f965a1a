package dev.moonflow.jobs.video;

import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.SamplingOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.VideoOptions;
import java.io.Serializable;
import java.time.Duration;

/**
 * What windows of videos need to know of the settings.
 *
 * @param window event time that one caption describes
 * @param novelty least difference of a frame that is shown, 0 to 1
 * @param frames frames of a window that are shown at most
 * @param contextFrames frames of the time before that are shown
 * @param captions captions of the time before that are told
 * @param earlier how they are told
 * @param lateness how far a frame may lie behind its stream
 * @param idle silence after which windows close
 * @param keep silence after which a stream is forgotten
 * @param streamBytes encoded frames kept of one stream
 * @param media limits of a frame
 * @param to where dead letters go and what they say
 */
public record VideoSettings(
    Duration window,
    double novelty,
    int frames,
    int contextFrames,
    int captions,
    String earlier,
    Duration lateness,
    Duration idle,
    Duration keep,
    long streamBytes,
    MediaLimits media,
    To to)
    implements Serializable {

  /** What dead letters say of the job, and where they go. */
  public record To(String deadLetterTopic, String jobName) implements Serializable {}

  /** Picks them out of the job's settings, which must give a window. */
  public static VideoSettings of(Settings settings) {
    return new VideoSettings(
        settings.get(VideoOptions.WINDOW),
        settings.get(VideoOptions.NOVELTY),
        settings.get(VideoOptions.FRAMES),
        settings.get(VideoOptions.CONTEXT_FRAMES),
        settings.get(VideoOptions.CAPTIONS),
        settings.get(SamplingOptions.PROMPT_EARLIER),
        settings.get(VideoOptions.LATENESS),
        settings.get(VideoOptions.IDLE),
        settings.get(VideoOptions.KEEP),
        settings.get(VideoOptions.STREAM_BYTES).getBytes(),
        IngestSettings.mediaLimits(settings),
        new To(settings.get(KafkaOptions.TOPIC_DEAD_LETTERS), settings.get(JobOptions.NAME)));
  }

  /** The beginning of the window that a time belongs to. */
  long start(long eventTimeMillis) {
    return Math.floorDiv(eventTimeMillis, window.toMillis()) * window.toMillis();
  }
}
