package dev.moonflow.jobs.seen;

import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.QuestionOptions;
import dev.moonflow.jobs.settings.Settings;
import java.io.Serializable;
import java.time.Duration;

/**
 * What keeping earlier events needs to know of the settings.
 *
 * @param keep how long an image is kept
 * @param patience how long a question waits for one
 * @param bytesPerKey of images of one key
 * @param questionImages images of one question at most
 * @param deadLetterTopic where questions go that refer to nothing
 * @param jobName stands in dead letters
 */
public record SeenSettings(
    Duration keep,
    Duration patience,
    long bytesPerKey,
    int questionImages,
    String deadLetterTopic,
    String jobName)
    implements Serializable {

  /** Picks them out of the job's settings, which must say how long images are kept. */
  public static SeenSettings of(Settings settings) {
    return new SeenSettings(
        settings.get(QuestionOptions.SEEN_KEEP),
        settings.get(QuestionOptions.SEEN_WAIT),
        settings.get(QuestionOptions.SEEN_BYTES).getBytes(),
        settings.get(LimitOptions.QUESTION_IMAGES),
        settings.get(KafkaOptions.TOPIC_DEAD_LETTERS),
        settings.get(JobOptions.NAME));
  }
}
