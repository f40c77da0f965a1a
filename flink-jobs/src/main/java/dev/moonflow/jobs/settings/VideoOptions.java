package dev.moonflow.jobs.settings;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** How videos are captioned: {@code moonflow.video.}. */
public final class VideoOptions {
  /** Time that one caption describes. */
  public static final ConfigOption<Duration> WINDOW =
      duration("window")
          .noDefaultValue()
          .withDescription(
              "Event time that one caption of a video describes; windows begin at its multiples."
                  + " Without it every frame has a caption of its own, and of this group only the"
                  + " sources count.");

  /** Videos that the job reads itself. */
  public static final ConfigOption<List<String>> SOURCES =
      ConfigOptions.key("moonflow.video.sources")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Videos that the job reads itself, beside the topic of frames: stream id, = and the"
                  + " path of a file that every TaskManager can read, or the address of a live"
                  + " source (rtsp, rtmp, http, udp), separated by semicolons, for example"
                  + " gate=rtsp://10.0.0.7/main;hall=/videos/hall.mp4. A lost connection is made"
                  + " again after 1 s to 30 s.");

  /** Frames taken of those videos. */
  public static final ConfigOption<Double> SOURCE_RATE =
      ConfigOptions.key("moonflow.video.frames-per-second")
          .doubleType()
          .defaultValue(1.0)
          .withDescription("Frames to take of each second of moonflow.video.sources.");

  /** Least difference of a frame that is shown. */
  public static final ConfigOption<Double> NOVELTY =
      ConfigOptions.key("moonflow.video.novelty")
          .doubleType()
          .defaultValue(0.04)
          .withDescription(
              "Least difference to the last frame that was not skipped, from 0 (skip none) to 1"
                  + " (black to white); what shows less is skipped. Measured on 24 x 24 cells, as"
                  + " the mean of the sixteenth of them that differ most.");

  /** Frames shown of one window. */
  public static final ConfigOption<Integer> FRAMES =
      ConfigOptions.key("moonflow.video.frames")
          .intType()
          .defaultValue(4)
          .withDescription(
              "Frames of one window that the model is shown at most: those that brought most"
                  + " that was new.");

  /** Frames shown of the time before. */
  public static final ConfigOption<Integer> CONTEXT_FRAMES =
      ConfigOptions.key("moonflow.video.context-frames")
          .intType()
          .defaultValue(1)
          .withDescription("Frames from before the window that the model is shown first.");

  /** Captions told of the time before. */
  public static final ConfigOption<Integer> CAPTIONS =
      ConfigOptions.key("moonflow.video.captions")
          .intType()
          .defaultValue(2)
          .withDescription("Captions of earlier windows that the prompt tells of.");

  /** How late a frame may be. */
  public static final ConfigOption<Duration> LATENESS =
      duration("lateness")
          .defaultValue(Duration.ofSeconds(2))
          .withDescription(
              "How far a frame may lie behind the newest of its stream, event time; a window closes"
                  + " when it has passed by so much. Later frames go to the dead letters.");

  /** How long a stream may say nothing. */
  public static final ConfigOption<Duration> IDLE =
      duration("idle")
          .defaultValue(Duration.ofSeconds(30))
          .withDescription("Silence of a stream after which its open windows close, by the clock.");

  /** How long a silent stream is remembered. */
  public static final ConfigOption<Duration> KEEP =
      duration("keep")
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "Silence of a stream after which it is forgotten. A frame whose event time lies"
                  + " further from the stream's begins the stream anew.");

  /** Memory of one stream. */
  public static final ConfigOption<MemorySize> STREAM_BYTES =
      ConfigOptions.key("moonflow.video.bytes-per-stream")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(16))
          .withDescription(
              "Bytes of encoded frames kept for one stream; those that brought least that was new"
                  + " leave first. A frame that alone is larger goes to the dead letters.");

  private VideoOptions() {}

  private static ConfigOptions.TypedConfigOptionBuilder<Duration> duration(String name) {
    return ConfigOptions.key("moonflow.video." + name).durationType();
  }
}
