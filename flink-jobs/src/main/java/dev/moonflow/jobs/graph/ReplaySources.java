package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.settings.EnrichOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.QuestionOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.VideoOptions;
import dev.moonflow.schemas.ContentPart;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.QuestionEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.configuration.ConfigOption;

/**
 * The events that a result comes from, in the order in which the job must see them. Most come from
 * one. A window of a video depends on what its stream showed before, so that it comes from every
 * frame of the stream up to its last one. A question about something seen comes from those events
 * too.
 */
final class ReplaySources {
  private static final List<ConfigOption<String>> TOPICS =
      List.of(
          KafkaOptions.TOPIC_IMAGES,
          KafkaOptions.TOPIC_DOCUMENTS,
          KafkaOptions.TOPIC_FRAMES,
          KafkaOptions.TOPIC_QUESTIONS,
          EnrichOptions.TOPIC);

  private final Settings settings;

  ReplaySources(Settings settings) {
    this.settings = settings;
  }

  /**
   * The events behind the one at a position, and that one.
   *
   * @throws ReplayException in one sentence if one is gone or does not lie in Kafka
   */
  List<RawRecord> of(RecordPosition from) throws Exception {
    if (TOPICS.stream().noneMatch(topic -> from.topic().equals(settings.get(topic)))) {
      throw new ReplayException(
          "The result cannot be made again from Kafka: it comes from "
              + from.topic()
              + ", which the job read itself.");
    }
    RawRecord event = RecordAtPosition.read(settings, from);
    if (is(from, KafkaOptions.TOPIC_FRAMES) && settings.has(VideoOptions.WINDOW)) {
      return new RecordScan(settings, event.key()).upTo(from);
    }
    List<RawRecord> events = new ArrayList<>();
    if (is(from, KafkaOptions.TOPIC_QUESTIONS) && settings.has(QuestionOptions.SEEN_KEEP)) {
      addSeen(event, events);
    }
    events.add(event);
    return events;
  }

  private boolean is(RecordPosition from, ConfigOption<String> topic) {
    return from.topic().equals(settings.get(topic));
  }

  private void addSeen(RawRecord question, List<RawRecord> events) throws Exception {
    Set<String> ids = new HashSet<>();
    try (var reader = new EventReader<>(IngestSettings.registry(settings), QuestionEvent.class)) {
      for (Message message : reader.read(question.value()).getMessages()) {
        for (ContentPart part : message.getParts()) {
          if (part.getSeen() != null) {
            ids.add(part.getSeen().getId());
          }
        }
      }
    }
    if (!ids.isEmpty()) {
      add(KafkaOptions.TOPIC_IMAGES, ImageEvent.class, ImageEvent::getId, question, ids, events);
      add(
          KafkaOptions.TOPIC_DOCUMENTS,
          DocumentEvent.class,
          DocumentEvent::getId,
          question,
          ids,
          events);
    }
  }

  private <T extends SpecificRecord> void add(
      ConfigOption<String> topic,
      Class<T> type,
      Function<T, String> id,
      RawRecord question,
      Set<String> ids,
      List<RawRecord> events)
      throws Exception {
    try (EventReader<T> reader = new EventReader<>(IngestSettings.registry(settings), type)) {
      events.addAll(
          new RecordScan(settings, question.key())
              .of(
                  settings.get(topic),
                  record -> {
                    try {
                      return ids.contains(id.apply(reader.read(record.value())));
                    } catch (dev.moonflow.connectors.registry.UndecodableRecordException e) {
                      return false; // it went to the dead letters and nothing was seen of it
                    }
                  }));
    }
  }
}
