package dev.moonflow.jobs.cli.flink;

import dev.moonflow.jobs.settings.EnrichOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/** What each topic is called under some settings. */
public final class TopicNames {
  private static final Map<Topics, ConfigOption<String>> OPTIONS =
      Map.of(
          Topics.IMAGES, KafkaOptions.TOPIC_IMAGES,
          Topics.DOCUMENTS, KafkaOptions.TOPIC_DOCUMENTS,
          Topics.FRAMES, KafkaOptions.TOPIC_FRAMES,
          Topics.QUESTIONS, KafkaOptions.TOPIC_QUESTIONS,
          Topics.OCR, KafkaOptions.TOPIC_OCR,
          Topics.CAPTIONS, KafkaOptions.TOPIC_CAPTIONS,
          Topics.ANSWERS, KafkaOptions.TOPIC_ANSWERS,
          Topics.DEAD_LETTERS, KafkaOptions.TOPIC_DEAD_LETTERS);

  private TopicNames() {}

  /** The name of a topic. */
  public static String of(Settings settings, Topics topic) {
    return settings.get(OPTIONS.get(topic));
  }

  /** The topics of an enrichment, none if there is none. */
  public static List<String> enrichment(Settings settings) {
    return settings.has(EnrichOptions.TOPIC)
        ? List.of(settings.get(EnrichOptions.TOPIC), settings.get(EnrichOptions.TO))
        : List.of();
  }

  /** The names of several topics, in their order. */
  public static List<String> of(Settings settings, Collection<Topics> topics) {
    return topics.stream().map(topic -> of(settings, topic)).toList();
  }
}
