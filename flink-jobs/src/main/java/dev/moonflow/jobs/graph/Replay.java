package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.headers.ProvenanceHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.perceive.ModelLoader;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.Settings;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Makes a result again from the event that its provenance headers name: the whole job, in this
 * process, over that one record, under the settings that are given. Nothing is written to Kafka.
 */
public final class Replay {
  private final Settings settings;
  private final ModelLoader loader;

  private Replay(Settings settings, ModelLoader loader) {
    this.settings = settings.with(JobOptions.PARALLELISM, 1);
    this.loader = loader;
  }

  /**
   * How a result compares with the one made again.
   *
   * @param agrees whether key and value are the same bytes
   * @param source position of the event, as topic-partition@offset
   * @param madeBy fingerprint of the model that made the result
   * @param madeAgainBy fingerprint of the model at hand; null when nothing came out
   * @param sentence what was found
   */
  public record Verdict(
      boolean agrees, String source, String madeBy, String madeAgainBy, String sentence) {}

  /**
   * Makes the result at a position again.
   *
   * @throws ReplayException in one sentence if there is no such result or its event is gone
   */
  public static Verdict of(Settings settings, RecordPosition position) throws Exception {
    return new Replay(settings, new KimiVlLoader()).of(position);
  }

  private Verdict of(RecordPosition position) throws Exception {
    RawRecord result = RecordAtPosition.read(settings, position);
    String madeBy = header(result, ProvenanceHeaders.MODEL, position);
    RecordPosition from =
        new RecordPosition(
            header(result, ProvenanceHeaders.SOURCE_TOPIC, position),
            Integer.parseInt(header(result, ProvenanceHeaders.SOURCE_PARTITION, position)),
            Long.parseLong(header(result, ProvenanceHeaders.SOURCE_OFFSET, position)));
    RawRecord event = RecordAtPosition.read(settings, from);
    List<OutputRecord> again = run(event);
    return verdict(result, event.position(), madeBy, again);
  }

  private static String header(RawRecord record, String name, RecordPosition position) {
    return RecordHeader.last(record.headers(), name)
        .map(RecordHeader::text)
        .orElseThrow(
            () ->
                new ReplayException(
                    "The record at " + position + " has no header " + name + ": it is no result."));
  }

  private List<OutputRecord> run(RawRecord event) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
    try (ReplayEnds ends = new ReplayEnds(settings, event)) {
      MoonflowJob.build(environment, settings, loader, ends);
      environment.execute(settings.get(JobOptions.NAME) + "-replay");
      return ends.written();
    } finally {
      environment.close();
    }
  }

  private Verdict verdict(
      RawRecord result, String source, String madeBy, List<OutputRecord> again) {
    Optional<OutputRecord> nearest =
        again.stream()
            .filter(r -> r.topic().equals(result.topic()))
            .max(Comparator.comparingInt(r -> same(r.value(), result.value())));
    if (nearest.isEmpty()) {
      return new Verdict(false, source, madeBy, null, nothing(again));
    }
    OutputRecord made = nearest.get();
    String madeAgainBy =
        RecordHeader.last(made.headers(), ProvenanceHeaders.MODEL)
            .map(RecordHeader::text)
            .orElse(null);
    boolean agrees =
        Arrays.equals(made.value(), result.value()) && Arrays.equals(made.key(), result.key());
    String sentence;
    if (agrees) {
      sentence = "The bytes agree: " + result.value().length + " bytes of value, and the key.";
    } else {
      sentence =
          "The bytes differ from byte %d of %d and %d on."
              .formatted(
                  same(made.value(), result.value()), result.value().length, made.value().length);
      if (!madeBy.equals(madeAgainBy)) {
        sentence += " The model is another one.";
      }
    }
    return new Verdict(agrees, source, madeBy, madeAgainBy, sentence);
  }

  private String nothing(List<OutputRecord> again) {
    String deadLetters = settings.get(KafkaOptions.TOPIC_DEAD_LETTERS);
    return again.stream()
        .filter(r -> r.topic().equals(deadLetters))
        .findFirst()
        .flatMap(r -> RecordHeader.last(r.headers(), ErrorHeaders.MESSAGE))
        .map(h -> "The event went to the dead letters: " + h.text())
        .orElse("Nothing came out for this topic under these settings.");
  }

  /** Bytes that two values have in common at their beginning. */
  private static int same(byte[] a, byte[] b) {
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }
}
