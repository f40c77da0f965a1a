package dev.moonflow.jobs.cli.publish;

import dev.moonflow.schemas.GenerationOptions;
import java.net.URI;
import java.time.Instant;

/**
 * How files become events; a null field leaves the choice to the job.
 *
 * @param task {@code ocr}, {@code caption} or {@code page} for images, of which the last makes them
 *     documents; null describes images and reads documents
 * @param question asked about each image instead of reading or describing it
 * @param prompt replaces the task's own prompt
 * @param sourceId source of every event; null makes each file a source of its own
 * @param framesPerSecond frames taken from each second of a video
 * @param start event time of the first frame of a video; null takes the file's time
 * @param options how to generate
 * @param inlineBytesMax larger files go by claim check
 * @param claimCheckFolder where those are written; null refuses them
 * @param run makes the ids of this call differ from those of another
 */
public record PublishRequest(
    String task,
    String question,
    String prompt,
    String sourceId,
    double framesPerSecond,
    Instant start,
    GenerationOptions options,
    long inlineBytesMax,
    URI claimCheckFolder,
    String run) {

  /** What a Kafka message holds by default is 1 MiB; this leaves room for the rest of the event. */
  public static final long DEFAULT_INLINE_BYTES_MAX = 1_000_000;

  /** Images described, documents read, one frame a second, nothing else asked for. */
  public static PublishRequest plain(String run) {
    return new PublishRequest(
        null, null, null, null, 1, null, null, DEFAULT_INLINE_BYTES_MAX, null, run);
  }

  /** The same with another task for images. */
  public PublishRequest withTask(String other) {
    return with(other, question, framesPerSecond, options);
  }

  /** The same as a question about each image. */
  public PublishRequest asking(String text) {
    return with(task, text, framesPerSecond, options);
  }

  /** The same with another number of frames. */
  public PublishRequest withFramesPerSecond(double frames) {
    return with(task, question, frames, options);
  }

  /** The same with other ways to generate. */
  public PublishRequest withOptions(GenerationOptions other) {
    return with(task, question, framesPerSecond, other);
  }

  private PublishRequest with(
      String newTask, String newQuestion, double newFrames, GenerationOptions newOptions) {
    return new PublishRequest(
        newTask,
        newQuestion,
        prompt,
        sourceId,
        newFrames,
        start,
        newOptions,
        inlineBytesMax,
        claimCheckFolder,
        run);
  }
}
