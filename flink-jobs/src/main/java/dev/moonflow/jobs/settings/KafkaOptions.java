package dev.moonflow.jobs.settings;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Where events come from and where results go: {@code moonflow.kafka.} and {@code topic.}. */
public final class KafkaOptions {
  /** Brokers to ask for the rest of the cluster. */
  public static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOptions.key("moonflow.kafka.bootstrap-servers")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Kafka brokers to start from: host:port, separated by commas. Required.");

  /** Consumer group whose committed offsets show the job's progress. */
  public static final ConfigOption<String> GROUP_ID =
      ConfigOptions.key("moonflow.kafka.group-id")
          .stringType()
          .defaultValue("moonflow")
          .withDescription("Consumer group; its offsets are committed with each checkpoint.");

  /** Where a job without state begins. */
  public static final ConfigOption<StartFrom> START_FROM =
      ConfigOptions.key("moonflow.kafka.start-from")
          .enumType(StartFrom.class)
          .defaultValue(StartFrom.COMMITTED)
          .withDescription(
              "Where a job without a checkpoint begins: committed (the group's offsets, else the"
                  + " earliest), earliest or latest.");

  /** Free-form client properties. */
  public static final ConfigOption<Map<String, String>> PROPERTIES =
      ConfigOptions.key("moonflow.kafka.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Properties handed to every Kafka client, for example"
                  + " moonflow.kafka.properties.security.protocol.");

  /** Beginning of every transactional id. */
  public static final ConfigOption<String> TRANSACTION_PREFIX =
      ConfigOptions.key("moonflow.kafka.transaction-prefix")
          .stringType()
          .defaultValue("moonflow")
          .withDescription(
              "Beginning of the sinks' transactional ids; two jobs on one cluster need two.");

  /** How long the brokers keep an open transaction. */
  public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
      ConfigOptions.key("moonflow.kafka.transaction-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "How long brokers keep an open transaction; above the checkpoint interval plus the"
                  + " longest restart, and at most the brokers' transaction.max.timeout.ms.");

  /** How late an event may be for watermarks. */
  public static final ConfigOption<Duration> WATERMARK_LATENESS =
      ConfigOptions.key("moonflow.kafka.watermark-lateness")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How far watermarks stay behind the newest event of the slowest partition, event"
                  + " time.");

  /** Silence of a partition. */
  public static final ConfigOption<Duration> WATERMARK_IDLE =
      ConfigOptions.key("moonflow.kafka.watermark-idle")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "Silence of a partition or a topic after which watermarks go on without it.");

  /** Images in. */
  public static final ConfigOption<String> TOPIC_IMAGES =
      topic("images", "ImageEvent records to read.");

  /** Documents in. */
  public static final ConfigOption<String> TOPIC_DOCUMENTS =
      topic("documents", "DocumentEvent records to read.");

  /** Video frames in. */
  public static final ConfigOption<String> TOPIC_FRAMES =
      topic("frames", "VideoFrameEvent records to read.");

  /** Questions in. */
  public static final ConfigOption<String> TOPIC_QUESTIONS =
      topic("questions", "QuestionEvent records to read.");

  /** Texts out. */
  public static final ConfigOption<String> TOPIC_OCR = topic("ocr", "OcrResult records written.");

  /** Captions out. */
  public static final ConfigOption<String> TOPIC_CAPTIONS =
      topic("captions", "CaptionResult records written.");

  /** Answers out. */
  public static final ConfigOption<String> TOPIC_ANSWERS =
      topic("answers", "AnswerResult records written.");

  /** What could not be processed. */
  public static final ConfigOption<String> TOPIC_DEAD_LETTERS =
      topic("dead-letters", "events that could not be processed: their bytes, headers and why.");

  private KafkaOptions() {}

  private static ConfigOption<String> topic(String name, String what) {
    return ConfigOptions.key("moonflow.topic." + name)
        .stringType()
        .defaultValue("moonflow." + name)
        .withDescription("Topic of the " + what);
  }

  /** Where a job without state begins to read. */
  public enum StartFrom {
    /** The group's committed offsets, else the earliest. */
    COMMITTED,
    /** The first record that the topic still has. */
    EARLIEST,
    /** Records published from now on. */
    LATEST
  }
}
