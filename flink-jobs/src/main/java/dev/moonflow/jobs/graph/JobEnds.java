package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.kafka.KafkaSinkSettings;
import dev.moonflow.connectors.kafka.KafkaSinks;
import dev.moonflow.connectors.kafka.KafkaSourceSettings;
import dev.moonflow.connectors.kafka.KafkaSources;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.StartingPoint;
import dev.moonflow.connectors.pieces.PiecewiseSource;
import dev.moonflow.connectors.pieces.RecordSplitter;
import dev.moonflow.jobs.ingest.DocumentPart;
import dev.moonflow.jobs.ingest.DocumentPartSerializer;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.Settings;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job's sources and sinks as the settings say. */
class JobEnds {
  /** What the largest record may need beyond itself in a producer's request. */
  private static final long REQUEST_MARGIN_BYTES = 64 << 10;

  private final Settings settings;

  JobEnds(Settings settings) {
    this.settings = settings;
  }

  /** The records of a topic, undecoded; their times are known when they are decoded. */
  SingleOutputStreamOperator<RawRecord> source(
      StreamExecutionEnvironment environment, String role, ConfigOption<String> topic) {
    return environment.fromSource(
        KafkaSources.of(source(topic)),
        WatermarkStrategy.noWatermarks(),
        "source-" + role,
        RawRecord.TYPE);
  }

  /** The documents of a topic, taken apart page by page while they are read. */
  SingleOutputStreamOperator<DocumentPart> documents(
      StreamExecutionEnvironment environment, RecordSplitter.Factory<DocumentPart> splitters) {
    return environment.fromSource(
        new PiecewiseSource<>(
            KafkaSources.of(source(KafkaOptions.TOPIC_DOCUMENTS)),
            splitters,
            DocumentPart.TYPE,
            DocumentPartSerializer.INSTANCE,
            settings.get(LimitOptions.DOCUMENT_PAGES_AHEAD)),
        WatermarkStrategy.noWatermarks(),
        "source-documents",
        DocumentPart.TYPE);
  }

  /** Where records go that name their topic. */
  void sink(String role, DataStream<OutputRecord> records) {
    String name = "sink-" + role;
    records.sinkTo(sink(role)).name(name).uid(name);
  }

  private KafkaSourceSettings source(ConfigOption<String> topic) {
    StartingPoint start =
        switch (settings.get(KafkaOptions.START_FROM)) {
          case COMMITTED -> StartingPoint.COMMITTED;
          case EARLIEST -> StartingPoint.EARLIEST;
          case LATEST -> StartingPoint.LATEST;
        };
    return KafkaSourceSettings.of(
            settings.get(KafkaOptions.BOOTSTRAP_SERVERS),
            settings.get(topic),
            settings.get(KafkaOptions.GROUP_ID))
        .startingAt(start)
        .withClientProperties(settings.get(KafkaOptions.PROPERTIES));
  }

  private KafkaSink<OutputRecord> sink(String role) {
    Map<String, String> properties = new TreeMap<>();
    long recordBytes = settings.get(LimitOptions.RECORD_BYTES).getBytes();
    properties.put("max.request.size", Long.toString(recordBytes + REQUEST_MARGIN_BYTES));
    properties.putAll(settings.get(KafkaOptions.PROPERTIES));
    return KafkaSinks.transactional(
        new KafkaSinkSettings(
            settings.get(KafkaOptions.BOOTSTRAP_SERVERS),
            settings.get(KafkaOptions.TRANSACTION_PREFIX) + "-" + role,
            settings.get(KafkaOptions.TRANSACTION_TIMEOUT),
            properties));
  }
}
