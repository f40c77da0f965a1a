package dev.moonflow.training.trainer;

import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.optimizer.Optimizer;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.trainer.checkpoint.CheckpointStore;
import dev.moonflow.training.trainer.checkpoint.TensorFile;
import dev.moonflow.training.trainer.checkpoint.TrainingState;
import dev.moonflow.training.trainer.log.Curves;
import dev.moonflow.training.trainer.log.MetricsLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** A loop's checkpoints and log: what is saved, by which rank, and how it is taken up again. */
final class LoopCheckpoints<B> implements AutoCloseable {
  private static final String TRAINING = "training";
  private static final String STATE = "state.json";
  private static final String EXTRA = "extra.safetensors";
  private static final String METRICS = "metrics.csv";

  private final StageParts<B> parts;
  private final CheckpointStore store;
  private MetricsLog log;

  LoopCheckpoints(StageParts<B> parts) {
    this.parts = parts;
    this.store = new CheckpointStore(parts.folder(), parts.section().checkpointsKept());
  }

  /**
   * Takes up the newest checkpoint: optimizer, objective and source; the model was read from it.
   *
   * @return steps made so far, 0 if there is no checkpoint
   */
  long resume(Optimizer optimizer) {
    Optional<Path> latest = store.latest();
    if (parts.ranks().isFirst()) {
      log =
          new MetricsLog(
              parts.folder().resolve(METRICS),
              latest.map(path -> path.resolve(TRAINING).resolve(METRICS)));
    }
    if (latest.isEmpty()) {
      return 0;
    }
    Path folder = latest.get().resolve(TRAINING);
    TrainingState state = TrainingState.read(folder.resolve(STATE));
    requireSameRecipe(state, latest.get());
    try (Scope scope = new Scope();
        NoGradient off = new NoGradient()) {
      Map<String, Tensor> saved = new LinkedHashMap<>();
      for (Path file : optimizerFiles(folder)) {
        saved.putAll(TensorFile.read(file));
      }
      optimizer.restore(saved);
      restoreExtra(folder.resolve(EXTRA));
      parts.source().restore(state.source());
      parts.objective().restore(state.objective());
    } catch (IllegalArgumentException e) {
      throw new TrainingStoppedException(
          latest.get() + " cannot be resumed: " + e.getMessage() + ".", e);
    }
    return state.step();
  }

  private void requireSameRecipe(TrainingState state, Path from) {
    if (!state.hash().equals(parts.section().hash())) {
      throw new TrainingStoppedException(
          ("%s was made with another recipe for stage %s; go on with that one, or begin anew with"
                  + " --resume no or another --out.")
              .formatted(from, parts.section().name()));
    }
  }

  private static List<Path> optimizerFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("optimizer-\\d+\\.safetensors"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new TrainingStoppedException(folder + " cannot be read: " + e + ".", e);
    }
  }

  private void restoreExtra(Path file) {
    Parameters extra = parts.objective().extra();
    if (extra.names().isEmpty()) {
      return;
    }
    Map<String, Tensor> saved = TensorFile.read(file);
    for (String name : extra.names()) {
      Tensor values = saved.get(name);
      if (values == null) {
        throw new IllegalArgumentException(file + " lacks the tensor " + name);
      }
      extra.get(name).detach().copy_(values);
    }
  }

  /** Adds a step to the log. */
  void log(StepRecord record) {
    log.add(record);
  }

  /** The newest checkpoint, in words. */
  String lastGood() {
    return store
        .latest()
        .map(path -> "the last good checkpoint is " + path)
        .orElse("there is no checkpoint yet");
  }

  /** Saves everything; all ranks call it. */
  void save(long step, boolean finished, Optimizer optimizer) {
    Ranks ranks = parts.ranks();
    Map<String, Tensor> state = optimizer.state();
    double bytes = ranks.sum(new double[] {TensorFile.bytes(state)})[0];
    together(() -> store.begin(step, modelBytes() + (long) bytes), ranks.isFirst());
    together(
        () ->
            store.write(
                step,
                part ->
                    TensorFile.write(
                        part.resolve(TRAINING)
                            .resolve("optimizer-" + ranks.rank() + ".safetensors"),
                        state)),
        true);
    together(
        () -> {
          store.write(step, part -> writeModel(part, step, finished));
          store.commit(step);
          drawCurves();
        },
        ranks.isFirst());
  }

  /** Bytes of the weights and of the objective's parameters in a checkpoint, nearly. */
  private long modelBytes() {
    return 4 * parts.model().parameters().count()
        + 4 * parts.objective().extra().count()
        + (1 << 20);
  }

  private void writeModel(Path part, long step, boolean finished) throws IOException {
    parts.model().save(part, DType.F32, parts.companions());
    Path training = part.resolve(TRAINING);
    Parameters extra = parts.objective().extra();
    if (!extra.names().isEmpty()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      extra.names().forEach(name -> tensors.put(name, extra.get(name)));
      TensorFile.write(training.resolve(EXTRA), tensors);
    }
    new TrainingState(
            parts.section().name(),
            parts.section().hash(),
            step,
            finished,
            parts.source().state(),
            parts.objective().state())
        .write(training.resolve(STATE));
    log.copyTo(training.resolve(METRICS));
  }

  private void drawCurves() {
    try {
      Curves.write(parts.folder().resolve("curves.png"), parts.section().name(), log.table());
    } catch (IOException | UncheckedIOException e) {
      // A picture is not worth the run; the numbers are in the log.
      parts.listener().note("The curves cannot be drawn: " + e.getMessage() + ".");
    }
  }

  /** Does something on the ranks that it concerns; if it fails on one, all stop. */
  private void together(Runnable work, boolean here) {
    TrainingStoppedException failure = null;
    if (here) {
      try {
        work.run();
      } catch (TrainingStoppedException e) {
        failure = e;
      }
    }
    boolean failed = parts.ranks().any(failure != null);
    if (failure != null) {
      throw failure;
    }
    if (failed) {
      throw new TrainingStoppedException("another rank could not write its checkpoint.");
    }
  }

  @Override
  public void close() {
    if (log != null) {
      log.close();
    }
  }
}
