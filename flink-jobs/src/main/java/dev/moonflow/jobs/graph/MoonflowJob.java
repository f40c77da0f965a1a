package dev.moonflow.jobs.graph;

import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.pieces.RecordSplitter;
import dev.moonflow.jobs.enrich.EnrichFunction;
import dev.moonflow.jobs.enrich.EnrichSettings;
import dev.moonflow.jobs.enrich.EnrichedFunction;
import dev.moonflow.jobs.ingest.DocumentPart;
import dev.moonflow.jobs.ingest.DocumentParts;
import dev.moonflow.jobs.ingest.DocumentSplitter;
import dev.moonflow.jobs.ingest.IngestFunction;
import dev.moonflow.jobs.ingest.IngestSettings;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.RequestWatermarks;
import dev.moonflow.jobs.ingest.SourcedFrames;
import dev.moonflow.jobs.perceive.ModelLoader;
import dev.moonflow.jobs.perceive.PerceiveOperator;
import dev.moonflow.jobs.perceive.PerceiveOperatorFactory;
import dev.moonflow.jobs.perceive.PerceiveSettings;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.jobs.results.RecordSize;
import dev.moonflow.jobs.results.ResultsFunction;
import dev.moonflow.jobs.results.ResultsSettings;
import dev.moonflow.jobs.seen.SeenFunction;
import dev.moonflow.jobs.seen.SeenSettings;
import dev.moonflow.jobs.settings.EnrichOptions;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.QuestionOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.VideoOptions;
import dev.moonflow.jobs.video.VideoFunction;
import dev.moonflow.jobs.video.VideoSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Moonflow's one job: events in, the model's words out, exactly once. */
public final class MoonflowJob {
  private final StreamExecutionEnvironment environment;
  private final Settings settings;
  private final ModelLoader loader;
  private final JobEnds ends;

  private MoonflowJob(
      StreamExecutionEnvironment environment, Settings settings, ModelLoader loader, JobEnds ends) {
    this.environment = environment;
    this.settings = settings;
    this.loader = loader;
    this.ends = ends;
  }

  /**
   * Adds the whole job to an environment; the caller executes it. Configures checkpoints,
   * parallelism and serializers as the settings say.
   *
   * @throws dev.moonflow.jobs.settings.SettingsException if the settings cannot work
   */
  public static void build(StreamExecutionEnvironment environment, Settings settings) {
    build(environment, settings, new KimiVlLoader());
  }

  /** The same with another way to load a model. */
  public static void build(
      StreamExecutionEnvironment environment, Settings settings, ModelLoader loader) {
    build(environment, settings, loader, new JobEnds(settings));
  }

  /** The same with other ends. */
  static void build(
      StreamExecutionEnvironment environment, Settings settings, ModelLoader loader, JobEnds ends) {
    settings.check();
    JobEnvironment.configure(environment, settings);
    new MoonflowJob(environment, settings, loader, ends).connect();
  }

  private void connect() {
    IngestSettings ingest = IngestSettings.of(settings);
    IngestFunction.To to =
        new IngestFunction.To(
            settings.get(KafkaOptions.TOPIC_DEAD_LETTERS), settings.get(JobOptions.NAME));
    SingleOutputStreamOperator<PerceptionRequest> images =
        ingest("images", KafkaOptions.TOPIC_IMAGES, IngestFunction.images(ingest, to));
    SingleOutputStreamOperator<PerceptionRequest> documents =
        documents(DocumentSplitter.factory(ingest, to));
    SingleOutputStreamOperator<PerceptionRequest> frames =
        ingest("frames", KafkaOptions.TOPIC_FRAMES, IngestFunction.frames(ingest, to));
    SingleOutputStreamOperator<PerceptionRequest> questions =
        ingest("questions", KafkaOptions.TOPIC_QUESTIONS, IngestFunction.questions(ingest, to));

    List<DataStream<OutputRecord>> moreDeadLetters = new ArrayList<>();
    DataStream<PerceptionRequest> asked =
        timed("images", images).union(timed("documents", documents), timed("questions", questions));
    if (settings.has(QuestionOptions.SEEN_KEEP)) {
      SingleOutputStreamOperator<PerceptionRequest> seen = seen(asked);
      moreDeadLetters.add(seen.getSideOutput(SeenFunction.DEAD_LETTERS));
      asked = seen;
    }
    DataStream<PerceptionRequest> shown = timed("frames", frames);
    if (VideoSources.areGiven(settings)) {
      SingleOutputStreamOperator<PerceptionRequest> videos =
          named(
              "ingest-video",
              named("source-video", VideoSources.read(environment, settings))
                  .process(new SourcedFrames(ingest, to), PerceptionRequest.TYPE));
      moreDeadLetters.add(videos.getSideOutput(IngestFunction.DEAD_LETTERS));
      shown = shown.union(videos);
    }
    if (settings.has(VideoOptions.WINDOW)) {
      SingleOutputStreamOperator<PerceptionRequest> windows = windows(shown);
      moreDeadLetters.add(windows.getSideOutput(VideoFunction.DEAD_LETTERS));
      shown = windows;
    }
    DataStream<PerceptionRequest> all = asked.union(shown);
    boolean enriches = EnrichSettings.isOn(settings);
    if (enriches) {
      SingleOutputStreamOperator<PerceptionRequest> records = records();
      moreDeadLetters.add(records.getSideOutput(EnrichFunction.DEAD_LETTERS));
      all = all.union(timed("enrich", records));
    }
    SingleOutputStreamOperator<Perceived> perceived = perceive(all);
    if (enriches) {
      SingleOutputStreamOperator<OutputRecord> enriched = enriched(perceived);
      moreDeadLetters.add(enriched.getSideOutput(EnrichedFunction.DEAD_LETTERS));
      sink("enriched", enriched);
    }
    SingleOutputStreamOperator<OutputRecord> results = results(perceived);

    sink("ocr", results.getSideOutput(ResultsFunction.OCR));
    sink("captions", results.getSideOutput(ResultsFunction.CAPTIONS));
    sink("answers", results.getSideOutput(ResultsFunction.ANSWERS));
    moreDeadLetters.addAll(
        List.of(
            documents.getSideOutput(IngestFunction.DEAD_LETTERS),
            frames.getSideOutput(IngestFunction.DEAD_LETTERS),
            questions.getSideOutput(IngestFunction.DEAD_LETTERS),
            perceived.getSideOutput(PerceiveOperator.DEAD_LETTERS),
            results.getSideOutput(ResultsFunction.DEAD_LETTERS)));
    DataStream<OutputRecord> deadLetters = images.getSideOutput(IngestFunction.DEAD_LETTERS);
    for (DataStream<OutputRecord> more : moreDeadLetters) {
      deadLetters = deadLetters.union(more);
    }
    long bytesMax = settings.get(LimitOptions.RECORD_BYTES).getBytes();
    sink(
        "dead-letters",
        named("fit-dead-letters", deadLetters.map(r -> RecordSize.within(r, bytesMax)))
            .returns(OutputRecord.TYPE));
  }

  private SingleOutputStreamOperator<PerceptionRequest> ingest(
      String role, ConfigOption<String> topic, IngestFunction<?> function) {
    SingleOutputStreamOperator<RawRecord> source = ends.source(environment, role, topic);
    return named(
        "ingest-" + role,
        named("source-" + role, source).process(function, PerceptionRequest.TYPE));
  }

  /** The same requests under the time of their events, with watermarks among them. */
  private DataStream<PerceptionRequest> timed(String role, DataStream<PerceptionRequest> requests) {
    return named(
        "watermarks-" + role,
        requests.assignTimestampsAndWatermarks(RequestWatermarks.strategy(settings)));
  }

  private SingleOutputStreamOperator<PerceptionRequest> documents(
      RecordSplitter.Factory<DocumentPart> splitters) {
    return named(
        "ingest-documents",
        named("source-documents", ends.documents(environment, splitters))
            .process(new DocumentParts(), PerceptionRequest.TYPE));
  }

  private SingleOutputStreamOperator<PerceptionRequest> records() {
    SingleOutputStreamOperator<RawRecord> source =
        ends.source(environment, "enrich", EnrichOptions.TOPIC);
    return named(
        "ingest-enrich",
        named("source-enrich", source)
            .process(new EnrichFunction(EnrichSettings.of(settings)), PerceptionRequest.TYPE));
  }

  private SingleOutputStreamOperator<OutputRecord> enriched(DataStream<Perceived> perceived) {
    return named(
        "enriched",
        perceived.process(new EnrichedFunction(EnrichSettings.of(settings)), OutputRecord.TYPE));
  }

  private SingleOutputStreamOperator<PerceptionRequest> seen(DataStream<PerceptionRequest> asked) {
    return named(
        "seen",
        asked
            .keyBy(PerceptionRequest::key, Types.STRING)
            .process(new SeenFunction(SeenSettings.of(settings)), PerceptionRequest.TYPE));
  }

  private SingleOutputStreamOperator<PerceptionRequest> windows(
      DataStream<PerceptionRequest> frames) {
    return named(
        "video",
        frames
            .keyBy(PerceptionRequest::key, Types.STRING)
            .process(new VideoFunction(VideoSettings.of(settings)), PerceptionRequest.TYPE));
  }

  private SingleOutputStreamOperator<Perceived> perceive(DataStream<PerceptionRequest> requests) {
    return named(
        "perceive",
        requests
            .keyBy(PerceptionRequest::key, Types.STRING)
            .transform(
                "perceive",
                Perceived.TYPE,
                new PerceiveOperatorFactory(new PerceiveSettings(settings), loader)));
  }

  /** Perceive does not change the key, so results need no exchange behind it. */
  private SingleOutputStreamOperator<OutputRecord> results(DataStream<Perceived> perceived) {
    return named(
        "results",
        DataStreamUtils.reinterpretAsKeyedStream(perceived, p -> p.subject().key(), Types.STRING)
            .process(new ResultsFunction(ResultsSettings.of(settings)), OutputRecord.TYPE));
  }

  private void sink(String role, DataStream<OutputRecord> records) {
    ends.sink(role, records);
  }

  /** The name people see and the id under which state is found again: never change one. */
  private static <T> SingleOutputStreamOperator<T> named(
      String name, SingleOutputStreamOperator<T> operator) {
    return operator.name(name).uid(name);
  }
}
