package dev.moonflow.jobs.perceive;

import dev.moonflow.connectors.kafka.CodecTypeInformation;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.jobs.ingest.Subject;
import dev.moonflow.model.engine.FinishReason;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What perceiving came to. */
public sealed interface Perceived {

  /** How Flink moves it. */
  TypeInformation<Perceived> TYPE =
      new CodecTypeInformation<>(Perceived.class, PerceivedSerializer.INSTANCE);

  /** What it is about. */
  Subject subject();

  /**
   * Position, key and headers of the Kafka record it comes from; its value is left out, but of an
   * enrichment.
   */
  RawRecord source();

  /** Fingerprint of the model. */
  String modelFingerprint();

  /** The sampling seed. */
  long seed();

  /**
   * The model wrote something.
   *
   * @param text the visible answer; null when the reasoning was cut off before one
   * @param thinking text between the thinking markers, or null
   * @param tokens every generated id
   * @param promptTokens tokens of the prompt, media tokens included
   * @param reason {@code STOP} or {@code LENGTH}
   * @param logProbabilities of each token; not a number where it is not known
   */
  record Generated(
      Subject subject,
      RawRecord source,
      String modelFingerprint,
      long seed,
      String text,
      String thinking,
      int[] tokens,
      int promptTokens,
      FinishReason reason,
      float[] logProbabilities)
      implements Perceived {
    public Generated {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(modelFingerprint, "modelFingerprint");
      Objects.requireNonNull(tokens, "tokens");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(logProbabilities, "logProbabilities");
    }
  }

  /** What is known of a page without the model: its subject says it. */
  record Passed(Subject subject, RawRecord source, String modelFingerprint, long seed)
      implements Perceived {
    public Passed {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(modelFingerprint, "modelFingerprint");
    }
  }

  /** Nothing came of it; its dead letter says why. A document needs to know of its page. */
  record Failed(Subject subject, RawRecord source, String modelFingerprint, long seed)
      implements Perceived {
    public Failed {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(modelFingerprint, "modelFingerprint");
    }
  }
}
