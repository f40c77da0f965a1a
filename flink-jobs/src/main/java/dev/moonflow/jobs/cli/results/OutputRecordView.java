package dev.moonflow.jobs.cli.results;

import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.schemas.AnswerResult;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.Generation;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Topics;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes records of the output topics. Used by one thread. */
public final class OutputRecordView implements AutoCloseable {
  private static final DateTimeFormatter WINDOW_TIME =
      DateTimeFormatter.ofPattern("'at' HH:mm:ss", Locale.ROOT);

  private final RegistrySettings registry;
  private final Map<Topics, EventReader<? extends SpecificRecord>> readers =
      new EnumMap<>(Topics.class);

  /** A view over the schemas of a registry. */
  public OutputRecordView(RegistrySettings registry) {
    this.registry = registry;
  }

  /**
   * The Avro record of a result; null for a dead letter.
   *
   * @throws UndecodableRecordException if the record is none of Moonflow's
   */
  public SpecificRecord value(Topics topic, ConsumerRecord<byte[], byte[]> kafkaRecord)
      throws UndecodableRecordException, RegistryUnavailableException {
    if (!topic.isAvro()) {
      return null;
    }
    return readers
        .computeIfAbsent(topic, t -> new EventReader<>(registry, t.recordType()))
        .read(kafkaRecord.value());
  }

  /** The row of a record; what cannot be decoded is shown as such and never dropped. */
  public OutputRow row(Topics topic, ConsumerRecord<byte[], byte[]> kafkaRecord)
      throws RegistryUnavailableException {
    if (topic == Topics.DEAD_LETTERS) {
      return DeadLetterHeaders.of(kafkaRecord).row();
    }
    try {
      return row(topic, value(topic, kafkaRecord));
    } catch (UndecodableRecordException e) {
      String at = kafkaRecord.topic() + "-" + kafkaRecord.partition() + "@" + kafkaRecord.offset();
      return new OutputRow(topic, "", at, "", "(cannot be decoded: " + e.getMessage() + ")", 0);
    }
  }

  private static OutputRow row(Topics topic, SpecificRecord value) {
    if (value instanceof OcrResult r) {
      String part = r.getPage() == null ? r.getScope() : r.getScope() + " " + r.getPage();
      String text = r.getText();
      if (!r.getFailedPages().isEmpty()) {
        text = "(failed pages: " + r.getFailedPages() + ") " + text;
      }
      return row(topic, r.getId(), r.getSourceId(), part, text, r.getGeneration());
    }
    if (value instanceof CaptionResult r) {
      return row(topic, r.getId(), r.getSourceId(), part(r), r.getCaption(), r.getGeneration());
    }
    if (value instanceof AnswerResult r) {
      String answer = Objects.requireNonNullElse(r.getAnswer(), "(cut off while thinking)");
      return row(topic, r.getId(), r.getSourceId(), "answer", answer, r.getGeneration());
    }
    throw new IllegalStateException("no output topic carries " + value.getSchema().getName());
  }

  private static String part(CaptionResult caption) {
    if (caption.getWindowStart() != null) {
      return WINDOW_TIME.format(caption.getWindowStart().atOffset(ZoneOffset.UTC));
    }
    return caption.getFrameIndex() == null ? "image" : "frame " + caption.getFrameIndex();
  }

  private static OutputRow row(
      Topics topic, String id, String source, String part, String text, Generation generation) {
    int tokens = generation == null ? 0 : generation.getTokenIds().size();
    return new OutputRow(topic, id, source, part, text, tokens);
  }

  @Override
  public void close() {
    readers.values().forEach(EventReader::close);
  }
}
