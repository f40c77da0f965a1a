package dev.moonflow.jobs.stream;

import dev.moonflow.jobs.graph.KimiVlLoader;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.perceive.PerceiveOperator;
import dev.moonflow.jobs.perceive.PerceiveOperatorFactory;
import dev.moonflow.jobs.perceive.PerceiveSettings;
import dev.moonflow.jobs.perceive.Perceived;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.SamplingOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.jobs.settings.SettingsException;
import dev.moonflow.jobs.settings.Task;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.constraint.ConstraintException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * Says what is asked about a stream, and of which model. Every call returns this builder; only
 * {@link #model} must be made.
 */
public final class PerceiveBuilder<T> {
  private final DataStream<T> elements;
  private final MapFunction<T, byte[]> image;
  private MapFunction<T, String> prompt;
  private MapFunction<T, String> key;
  private MapFunction<T, String> id;
  private Task task = Task.OCR;
  private Asking.Answers answers = () -> null;
  private Settings settings = Settings.of(Map.of());
  private String name = "moonflow";

  PerceiveBuilder(DataStream<T> elements, MapFunction<T, byte[]> image) {
    this.elements = Objects.requireNonNull(elements, "elements");
    this.image = clean(Objects.requireNonNull(image, "image"));
  }

  private <R> MapFunction<T, R> clean(MapFunction<T, R> function) {
    return elements.getExecutionEnvironment().clean(function);
  }

  /** The folder of a Kimi-VL checkpoint, the same on every TaskManager. */
  public PerceiveBuilder<T> model(String folder) {
    return set(ModelOptions.PATH.key(), folder);
  }

  /**
   * What is asked where an element has no prompt of its own; the text of the image, unless said.
   */
  public PerceiveBuilder<T> task(Task asked) {
    task = Objects.requireNonNull(asked, "asked");
    return this;
  }

  /** What is asked of each element; where it gives null the task is. */
  public PerceiveBuilder<T> prompt(MapFunction<T, String> ofElement) {
    prompt = clean(ofElement);
    return this;
  }

  /**
   * Whose answers keep the order of their elements: those of one key. Without it each leaves when
   * it is done.
   */
  public PerceiveBuilder<T> key(MapFunction<T, String> ofElement) {
    key = clean(ofElement);
    return this;
  }

  /**
   * A name of each element from which its sampling seed is made; a hash of the element, unless
   * said. At temperature 0 it does not matter.
   */
  public PerceiveBuilder<T> id(MapFunction<T, String> ofElement) {
    id = clean(ofElement);
    return this;
  }

  /** Tokens of an answer at most; 512 unless said. */
  public PerceiveBuilder<T> maxNewTokens(int tokens) {
    return set(SamplingOptions.MAX_NEW_TOKENS.key(), Integer.toString(tokens));
  }

  /** Answers are one of these texts. */
  public PerceiveBuilder<T> choices(String... texts) {
    List<String> all = List.of(texts);
    answers = () -> new Constraint.Choices(all);
    return this;
  }

  /** Answers are JSON that keeps to this schema. */
  public PerceiveBuilder<T> jsonSchema(String schema) {
    answers = () -> new Constraint.JsonSchema(schema);
    return this;
  }

  /** Any other setting of the model, its engine, sampling and limits: see docs/settings.md. */
  public PerceiveBuilder<T> set(String setting, String value) {
    settings = settings.with(setting, value);
    return this;
  }

  /**
   * What operators and their state are named after; {@code moonflow} unless said. Two streams of
   * one job need two names, and a name stays as long as the job's savepoints.
   */
  public PerceiveBuilder<T> name(String prefix) {
    name = Objects.requireNonNull(prefix, "prefix");
    return this;
  }

  /**
   * Adds the model to the job.
   *
   * @throws SettingsException naming the first setting that cannot work, or the form that no answer
   *     can have
   */
  public Perceptions<T> build() {
    settings.checkModel();
    checkAnswers();
    TypeInformation<T> type = elements.getType();
    ElementBytes<T> bytes =
        new ElementBytes<>(
            type.createSerializer(
                elements.getExecutionEnvironment().getConfig().getSerializerConfig()));
    TypeInformation<Tuple2<T, Failure>> failed = Types.TUPLE(type, Types.POJO(Failure.class));
    OutputTag<Tuple2<T, Failure>> tag = new OutputTag<>(name + "-failures", failed);
    Asking<T> asking =
        new Asking<>(image, prompt, key, id, task.prompt(settings), answers, settings);

    SingleOutputStreamOperator<PerceptionRequest> requests =
        named(
            "requests",
            // As many as bring the elements: an exchange between them would lose their order.
            elements
                .process(
                    new RequestFunction<>(asking, bytes.duplicate(), tag), PerceptionRequest.TYPE)
                .setParallelism(elements.getParallelism()));
    SingleOutputStreamOperator<Perceived> perceived =
        named(
            "perceive",
            requests
                .keyBy(PerceptionRequest::key, Types.STRING)
                .transform(
                    name + "-perceive",
                    Perceived.TYPE,
                    new PerceiveOperatorFactory(
                        new PerceiveSettings(settings), new KimiVlLoader())));
    DataStream<Tuple2<T, Answer>> answered =
        named(
            "answers",
            perceived
                .flatMap(new AnswerFunction<>(bytes.duplicate()))
                .returns(Types.TUPLE(type, Types.POJO(Answer.class))));
    DataStream<Tuple2<T, Failure>> refused =
        named(
            "failed",
            perceived
                .getSideOutput(PerceiveOperator.DEAD_LETTERS)
                .map(new FailureFunction<>(bytes.duplicate()))
                .returns(failed));
    return new Perceptions<>(answered, refused.union(requests.getSideOutput(tag)));
  }

  private void checkAnswers() {
    try {
      Constraint constraint = answers.constraint();
      if (constraint != null) {
        constraint.compile();
      }
    } catch (ConstraintException | IllegalArgumentException e) {
      throw new SettingsException("No answer can have the form that is asked: " + e.getMessage());
    }
  }

  private <R> SingleOutputStreamOperator<R> named(
      String part, SingleOutputStreamOperator<R> operator) {
    String full = name + "-" + part;
    return operator.name(full).uid(full);
  }
}
