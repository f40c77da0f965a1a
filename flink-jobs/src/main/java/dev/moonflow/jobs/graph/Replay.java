package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.headers.ProvenanceHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.jobs.perceive.ModelLoader;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.QuestionOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.ShapingSettings;
import dev.moonflow.jobs.settings.VideoOptions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Makes a result again from what its provenance headers tell: the whole job, in this process, over
 * the event or events that it comes from, under the settings that it was made under. Where brokers,
 * registry and model are is told by the settings at hand. Nothing is written to Kafka.
 */
public final class Replay {
  private final Settings settings;
  private final ModelLoader loader;

  private Replay(Settings settings, ModelLoader loader) {
    // What waits by the clock waits long enough: here, nothing that comes is late.
    this.settings =
        settings
            .with(JobOptions.PARALLELISM, 1)
            .with(QuestionOptions.SEEN_WAIT, "1h")
            .with(VideoOptions.IDLE, settings.get(VideoOptions.KEEP).toMillis() + "ms");
    this.loader = loader;
  }

  /**
   * How a result compares with the one made again.
   *
   * @param agrees whether key and value are the same bytes
   * @param source where the event lies, and of how many others of its key it depends on
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
    RawRecord result = RecordAtPosition.read(settings, position);
    // Results of earlier releases do not carry their settings: then those at hand count.
    Settings madeUnder =
        RecordHeader.last(result.headers(), ProvenanceHeaders.SETTINGS)
            .map(header -> ShapingSettings.over(settings, header.text()))
            .orElse(settings);
    return new Replay(madeUnder, new KimiVlLoader()).of(position, result);
  }

  private Verdict of(RecordPosition position, RawRecord result) throws Exception {
    String madeBy = header(result, ProvenanceHeaders.MODEL, position);
    RecordPosition from =
        new RecordPosition(
            header(result, ProvenanceHeaders.SOURCE_TOPIC, position),
            Integer.parseInt(header(result, ProvenanceHeaders.SOURCE_PARTITION, position)),
            Long.parseLong(header(result, ProvenanceHeaders.SOURCE_OFFSET, position)));
    List<RawRecord> events = new ReplaySources(settings).of(from);
    List<OutputRecord> again = run(events);
    String more = events.size() == 1 ? "" : " and " + (events.size() - 1) + " more of its key";
    return verdict(result, from + more, madeBy, again);
  }

  private static String header(RawRecord record, String name, RecordPosition position) {
    return RecordHeader.last(record.headers(), name)
        .map(RecordHeader::text)
        .orElseThrow(
            () ->
                new ReplayException(
                    "The record at " + position + " has no header " + name + ": it is no result."));
  }

  private List<OutputRecord> run(List<RawRecord> events) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(1, new Configuration());
    try (ReplayEnds ends = new ReplayEnds(settings, events)) {
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
        sentence +=
            " The model is another one: the result was made by %s, and %s is at hand."
                .formatted(madeBy, madeAgainBy);
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
