package dev.moonflow.jobs.chaos;

import dev.moonflow.jobs.graph.KimiVlLoader;
import dev.moonflow.jobs.perceive.LoadedModel;
import dev.moonflow.jobs.perceive.ModelLoader;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.FeatureCache;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.StepReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Loads the real model and counts the tokens that its engines generate, kill or no kill. */
final class CountingLoader implements ModelLoader {
  private static final long serialVersionUID = 1L;

  private final String folder;

  /**
   * A loader.
   *
   * @param folder where each process keeps its count
   */
  CountingLoader(Path folder) {
    this.folder = folder.toString();
  }

  @Override
  public LoadedModel load(Path checkpoint, DeviceChoice device) throws IOException {
    TokenCount count = TokenCount.in(Path.of(folder));
    return new Counted(new KimiVlLoader().load(checkpoint, device), count);
  }

  private record Counted(LoadedModel model, TokenCount count) implements LoadedModel {
    @Override
    public Engine newEngine(EngineLimits limits) {
      return new CountedEngine(model.newEngine(limits), count);
    }

    @Override
    public Engine newEngine(EngineLimits limits, FeatureCache features) {
      return new CountedEngine(model.newEngine(limits, features), count);
    }

    @Override
    public String fingerprint() {
      return model.fingerprint();
    }

    @Override
    public String device() {
      return model.device();
    }

    @Override
    public Reply read(int[] tokens) {
      return model.read(tokens);
    }

    @Override
    public Reply readPlain(int[] tokens) {
      return model.readPlain(tokens);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  private record CountedEngine(Engine engine, TokenCount count) implements Engine {
    @Override
    public StepReport step() {
      StepReport report = engine.step();
      count.add(report.decodeTokens());
      return report;
    }

    @Override
    public PreparedRequest prepare(GenerationRequest request) throws RequestRejectedException {
      return engine.prepare(request);
    }

    @Override
    public void submit(PreparedRequest request) {
      engine.submit(request);
    }

    @Override
    public Optional<Progress> progress(String id) {
      return engine.progress(id);
    }

    @Override
    public Optional<List<float[]>> takeFeatures(String id) {
      return engine.takeFeatures(id);
    }

    @Override
    public boolean cancel(String id) {
      return engine.cancel(id);
    }

    @Override
    public void release(String id) {
      engine.release(id);
    }

    @Override
    public double cacheUsage() {
      return engine.cacheUsage();
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
