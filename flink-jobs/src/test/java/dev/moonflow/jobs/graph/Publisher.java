package dev.moonflow.jobs.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.GenerationOptions;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Message;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.QuestionEvent;
import dev.moonflow.schemas.Topics;
import dev.moonflow.schemas.VideoFrameEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes events as their users would. */
final class Publisher implements AutoCloseable {
  static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_000L);

  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, byte[]> published = new HashMap<>();
  private final ResultWriter<ImageEvent> images;
  private final ResultWriter<DocumentEvent> documents;
  private final ResultWriter<VideoFrameEvent> frames;
  private final ResultWriter<QuestionEvent> questions;

  Publisher(Services services) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", services.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    images = writer(services, Topics.IMAGES, ImageEvent.class);
    documents = writer(services, Topics.DOCUMENTS, DocumentEvent.class);
    frames = writer(services, Topics.FRAMES, VideoFrameEvent.class);
    questions = writer(services, Topics.QUESTIONS, QuestionEvent.class);
  }

  private static <T extends SpecificRecord> ResultWriter<T> writer(
      Services services, Topics topic, Class<T> type) {
    return new ResultWriter<>(services.registrySettings(), topic.defaultName(), type);
  }

  /** Greedy, sixteen tokens whatever the model says. */
  static GenerationOptions greedy16() {
    return GenerationOptions.newBuilder()
        .setMaxNewTokens(16)
        .setTemperature(0f)
        .setIgnoreStopTokens(true)
        .build();
  }

  RecordMetadata image(String source, String id, String task, Payload image) throws Exception {
    ImageEvent event =
        ImageEvent.newBuilder()
            .setId(id)
            .setSourceId(source)
            .setEventTime(TIME)
            .setImage(image)
            .setTask(task)
            .setOptions(greedy16())
            .build();
    return raw(Topics.IMAGES, source, images.write(event), id);
  }

  RecordMetadata document(String source, String id, Payload document) throws Exception {
    return document(source, id, document, 36);
  }

  RecordMetadata document(String source, String id, Payload document, int dpi) throws Exception {
    DocumentEvent event =
        DocumentEvent.newBuilder()
            .setId(id)
            .setSourceId(source)
            .setEventTime(TIME)
            .setDocument(document)
            .setDpi(dpi)
            .setOptions(greedy16())
            .build();
    return raw(Topics.DOCUMENTS, source, documents.write(event), id);
  }

  RecordMetadata frame(String stream, String id, long index, Payload frame) throws Exception {
    return frame(stream, id, index, TIME, frame);
  }

  RecordMetadata frame(String stream, String id, long index, Instant time, Payload frame)
      throws Exception {
    VideoFrameEvent event =
        VideoFrameEvent.newBuilder()
            .setId(id)
            .setStreamId(stream)
            .setFrameIndex(index)
            .setEventTime(time)
            .setFrame(frame)
            .setOptions(greedy16())
            .build();
    return raw(Topics.FRAMES, stream, frames.write(event), id);
  }

  RecordMetadata question(String source, String id, Golden.Chat chat) throws Exception {
    QuestionEvent event =
        QuestionEvent.newBuilder()
            .setId(id)
            .setSourceId(source)
            .setEventTime(TIME)
            .setMessages(chat.messages())
            .setOptions(greedy16())
            .setAttributes(Map.of("case", chat.name()))
            .build();
    return raw(Topics.QUESTIONS, source, questions.write(event), id);
  }

  RecordMetadata question(
      String source, String id, List<Message> messages, GenerationOptions options)
      throws Exception {
    QuestionEvent event =
        QuestionEvent.newBuilder()
            .setId(id)
            .setSourceId(source)
            .setEventTime(TIME)
            .setMessages(messages)
            .setOptions(options)
            .build();
    return raw(Topics.QUESTIONS, source, questions.write(event), id);
  }

  /** Any bytes at all, under the trace header {@code traceparent: trace}. */
  RecordMetadata raw(Topics topic, String key, byte[] value, String trace) throws Exception {
    return raw(topic.defaultName(), key, value, trace);
  }

  /** The same to a topic of one's own. */
  RecordMetadata raw(String topic, String key, byte[] value, String trace) throws Exception {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.getBytes(UTF_8), value);
    for (RecordHeader header : List.of(RecordHeader.of("traceparent", trace))) {
      record.headers().add(header.name(), header.value());
    }
    published.put(trace, value);
    return producer.send(record).get();
  }

  /** The bytes that went out last under an id. */
  byte[] published(String id) {
    return published.get(id);
  }

  @Override
  public void close() {
    producer.close();
    images.close();
    documents.close();
    frames.close();
    questions.close();
  }
}
