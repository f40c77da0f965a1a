package dev.moonflow.training.data.job;

import dev.moonflow.connectors.kafka.KafkaSourceSettings;
import dev.moonflow.connectors.kafka.KafkaSources;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.StartingPoint;
import dev.moonflow.connectors.registry.EventReader;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.schemas.TrainingSample;
import dev.moonflow.training.data.source.JsonLines;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleCodec;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.ShardSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** Streams of the examples of an origin. */
final class Origins {
  private Origins() {}

  static DataStream<Sample> open(
      StreamExecutionEnvironment environment, DataRecipe recipe, ShardPlace place) {
    Origin origin = recipe.origin();
    if (origin instanceof Origin.Generated generated) {
      boolean all = recipe.filters().compare() || recipe.augmentedCopies() > 0;
      return environment
          .fromSequence(0, generated.count() - 1)
          .flatMap(new Generation(generated, recipe, all ? null : place))
          .returns(SampleSerializer.TYPE)
          .name("generate");
    }
    if (origin instanceof Origin.Shards shards) {
      long count = 0;
      for (String folder : shards.folders()) {
        try (ShardSet set = ShardSet.open(Path.of(folder))) {
          count += set.size();
        }
      }
      return environment
          .fromSequence(0, count - 1)
          .flatMap(new ReadShards(shards.folders()))
          .returns(SampleSerializer.TYPE)
          .name("read shards");
    }
    if (origin instanceof Origin.Lines lines) {
      return environment
          .fromData(Types.STRING, lines.files().toArray(new String[0]))
          .rebalance()
          .flatMap(
              (String file, Collector<Sample> out) -> JsonLines.read(Path.of(file), out::collect))
          .returns(SampleSerializer.TYPE)
          .name("read lines");
    }
    return topic(environment, (Origin.Topic) origin);
  }

  private static DataStream<Sample> topic(
      StreamExecutionEnvironment environment, Origin.Topic topic) {
    KafkaSourceSettings settings =
        KafkaSourceSettings.of(topic.bootstrapServers(), topic.topic(), "moonflow-data")
            .startingAt(StartingPoint.EARLIEST)
            .boundedNow()
            .withClientProperties(topic.clientProperties());
    return environment
        .fromSource(KafkaSources.of(settings), WatermarkStrategy.noWatermarks(), topic.topic())
        .flatMap(new ReadRecords(topic))
        .returns(SampleSerializer.TYPE)
        .name("read records");
  }

  /** Numbers to the examples at that place of the folders one after another. */
  private static final class ReadShards extends RichFlatMapFunction<Long, Sample> {
    private static final long serialVersionUID = 1L;
    private final ArrayList<String> folders;
    private transient List<ShardSet> sets;

    ReadShards(List<String> folders) {
      this.folders = new ArrayList<>(folders);
    }

    @Override
    public void open(OpenContext context) {
      sets = folders.stream().map(folder -> ShardSet.open(Path.of(folder))).toList();
    }

    @Override
    public void flatMap(Long index, Collector<Sample> out) {
      long left = index;
      for (ShardSet set : sets) {
        if (left < set.size()) {
          out.collect(set.get(left));
          return;
        }
        left -= set.size();
      }
      throw new IllegalStateException("there is no example " + index);
    }

    @Override
    public void close() {
      if (sets != null) {
        sets.forEach(ShardSet::close);
      }
    }
  }

  /** Records of the run to examples; a record that is none stops the job. */
  private static final class ReadRecords extends RichFlatMapFunction<RawRecord, Sample> {
    private static final long serialVersionUID = 1L;
    private final Origin.Topic topic;
    private transient EventReader<TrainingSample> reader;

    ReadRecords(Origin.Topic topic) {
      this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
      reader = new EventReader<>(RegistrySettings.of(topic.registry()), TrainingSample.class);
    }

    @Override
    public void flatMap(RawRecord record, Collector<Sample> out) throws Exception {
      if (record.offset() >= topic.ends().getOrDefault(record.partition(), 0L)) {
        return; // came after the run had begun
      }
      try {
        out.collect(SampleCodec.fromAvro(reader.read(record.value())));
      } catch (UndecodableRecordException | SampleException e) {
        throw new SampleException(
            "record " + record.position() + " is no training example: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      if (reader != null) {
        reader.close();
      }
    }
  }
}
