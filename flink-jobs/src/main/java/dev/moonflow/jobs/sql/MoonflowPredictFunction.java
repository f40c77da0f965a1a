package dev.moonflow.jobs.sql;

import dev.moonflow.jobs.ingest.EventSeed;
import dev.moonflow.jobs.perceive.Answered;
import dev.moonflow.jobs.perceive.EngineShare;
import dev.moonflow.jobs.perceive.ModelLoader;
import dev.moonflow.jobs.perceive.Question;
import dev.moonflow.jobs.perceive.QuestionFailedException;
import dev.moonflow.jobs.perceive.SharedEngines;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.AsyncPredictFunction;
import org.apache.flink.table.functions.FunctionContext;

/** Asks the TaskManager's engine about rows. One row in, one row out, in any order. */
public class MoonflowPredictFunction extends AsyncPredictFunction {
  private static final long serialVersionUID = 1L;

  private final SqlModel model;
  private final ModelLoader loader;

  private transient EngineShare engine;
  private transient Constraint constraint;
  private transient Counter generated;
  private transient Counter failed;

  MoonflowPredictFunction(SqlModel model, ModelLoader loader) {
    this.model = model;
    this.loader = loader;
  }

  @Override
  public void open(FunctionContext context) throws IOException {
    constraint = model.constraint();
    engine = SharedEngines.acquire(model.perceive(), loader);
    MetricGroup group = context.getMetricGroup();
    generated = group.counter("tokens_generated_total", new ThreadSafeSimpleCounter());
    failed = group.counter("rows_failed_total", new ThreadSafeSimpleCounter());
    group.gauge("requests_in_flight", engine::inFlight);
  }

  /** As Flink has it, but for the message, which would hold the row's image and text. */
  @Override
  public void eval(CompletableFuture<Collection<RowData>> result, Object... columns) {
    var unused =
        asyncPredict(GenericRowData.of(columns))
            .whenComplete(
                (rows, error) -> {
                  if (error == null) {
                    result.complete(rows);
                  } else {
                    result.completeExceptionally(error);
                  }
                });
  }

  @Override
  public CompletableFuture<Collection<RowData>> asyncPredict(RowData row) {
    byte[] image = image(row);
    String prompt = prompt(row, image);
    if (prompt == null) {
      return CompletableFuture.completedFuture(List.of(new GenericRowData(model.output().size())));
    }
    if (prompt.length() > model.promptCharacters()) {
      String sentence =
          "Column prompt must have at most %d characters, has %d."
              .formatted(model.promptCharacters(), prompt.length());
      return CompletableFuture.<Answered>failedFuture(new QuestionFailedException(sentence))
          .handle(this::rows);
    }
    Question question =
        new Question(
            image,
            prompt,
            new SamplingParameters(model.temperature(), model.topP(), seed(image, prompt), false),
            model.maxNewTokens(),
            constraint,
            model.media());
    return engine.ask(question, model.timeout()).handle(this::rows);
  }

  private byte[] image(RowData row) {
    int column = model.imageColumn();
    return column < 0 || row.isNullAt(column) ? null : row.getBinary(column);
  }

  /** What is asked, or null when nothing is. */
  private String prompt(RowData row, byte[] image) {
    if (image == null && !model.asksWithoutImage()) {
      return null;
    }
    int column = model.promptColumn();
    if (column >= 0 && !row.isNullAt(column)) {
      return row.getString(column).toString();
    }
    return image == null ? null : model.prompt();
  }

  /** The same image and prompt draw the same tokens in every row and every run. */
  private long seed(byte[] image, String prompt) {
    if (model.seed() != null) {
      return model.seed();
    }
    if (model.temperature() == 0f) {
      return 0; // nothing is drawn
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(prompt.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(image == null ? new byte[0] : image);
      return EventSeed.of(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private Collection<RowData> rows(Answered answer, Throwable error) {
    if (error != null) {
      return failed(error instanceof CompletionException ? error.getCause() : error);
    }
    generated.inc(answer.tokens());
    GenericRowData row = new GenericRowData(model.output().size());
    for (int i = 0; i < model.output().size(); i++) {
      row.setField(i, model.output().get(i).of(answer, engine.fingerprint()));
    }
    return List.of(row);
  }

  /** The row of a question that failed; what is no fault of the row fails the query always. */
  private Collection<RowData> failed(Throwable error) {
    if (!(error instanceof QuestionFailedException)) {
      throw new TableException("Model " + model.name() + " failed: " + error, error);
    }
    failed.inc();
    if (model.failsOnError()) {
      throw new TableException(
          "Model %s could not answer a row: %s".formatted(model.name(), error.getMessage()), error);
    }
    GenericRowData row = new GenericRowData(model.output().size());
    row.setField(
        model.output().indexOf(OutputColumn.ERROR), StringData.fromString(error.getMessage()));
    return List.of(row);
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
