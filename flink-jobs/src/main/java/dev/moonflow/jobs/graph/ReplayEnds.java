package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.pieces.RecordSplitter;
import dev.moonflow.jobs.ingest.DocumentPart;
import dev.moonflow.jobs.ingest.WholeDocuments;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Ends of a job over a few records, whose results stay in this process. */
final class ReplayEnds extends JobEnds implements AutoCloseable {
  private static final Map<String, Queue<OutputRecord>> WRITTEN = new ConcurrentHashMap<>();

  private final Settings settings;
  private final List<RawRecord> events;
  private final String id = UUID.randomUUID().toString();

  /** Ends over these events, of which there is at least one, in their order. */
  ReplayEnds(Settings settings, List<RawRecord> events) {
    super(settings);
    this.settings = settings;
    this.events = List.copyOf(events);
    WRITTEN.put(id, new ConcurrentLinkedQueue<>());
  }

  /** What the job has written. */
  List<OutputRecord> written() {
    return List.copyOf(WRITTEN.get(id));
  }

  @Override
  SingleOutputStreamOperator<RawRecord> source(
      StreamExecutionEnvironment environment, String role, ConfigOption<String> topic) {
    String name = settings.get(topic);
    List<RawRecord> own = events.stream().filter(each -> each.topic().equals(name)).toList();
    boolean any = !own.isEmpty();
    return environment
        .fromData(any ? own : events.subList(0, 1), RawRecord.TYPE)
        .filter(each -> any) // a source without a record would not do: Flink wants an element
        .returns(RawRecord.TYPE);
  }

  @Override
  SingleOutputStreamOperator<DocumentPart> documents(
      StreamExecutionEnvironment environment, RecordSplitter.Factory<DocumentPart> splitters) {
    return source(environment, "documents", KafkaOptions.TOPIC_DOCUMENTS)
        .flatMap(new WholeDocuments(splitters))
        .returns(DocumentPart.TYPE);
  }

  @Override
  void sink(String role, DataStream<OutputRecord> records) {
    records.sinkTo(new InProcess(id));
  }

  @Override
  public void close() {
    WRITTEN.remove(id);
  }

  /** Writes into the process that runs it. */
  private record InProcess(String id) implements Sink<OutputRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<OutputRecord> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(OutputRecord element, Context writing) {
          WRITTEN.get(id).add(element);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
