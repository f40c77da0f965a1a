package dev.moonflow.jobs.graph;

import dev.moonflow.jobs.perceive.LoadedModel;
import dev.moonflow.jobs.perceive.ModelLoader;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.FeatureCache;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a Kimi-VL checkpoint onto the chosen device. */
public final class KimiVlLoader implements ModelLoader {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(KimiVlLoader.class);

  @Override
  public LoadedModel load(Path checkpoint, DeviceChoice device) {
    Kernels kernels = Kernels.open(device);
    try {
      KimiVl model = KimiVl.load(checkpoint, kernels);
      LOG.info(
          "Loaded {} (fingerprint {}) on {}: {}",
          checkpoint,
          model.fingerprint(),
          kernels.device(),
          kernels.description());
      return new Loaded(model, kernels);
    } catch (RuntimeException | Error e) {
      kernels.close();
      throw e;
    }
  }

  private record Loaded(KimiVl model, Kernels kernels) implements LoadedModel {
    @Override
    public Engine newEngine(EngineLimits limits) {
      return model.newEngine(limits);
    }

    @Override
    public Engine newEngine(EngineLimits limits, FeatureCache features) {
      return model.newEngine(limits, features);
    }

    @Override
    public String fingerprint() {
      return model.fingerprint();
    }

    @Override
    public String device() {
      return kernels.device();
    }

    @Override
    public Reply read(int[] tokens) {
      Answer answer = model.answer(tokens);
      String thinking = answer.reasoning().isEmpty() ? null : answer.reasoning();
      return new Reply(answer.reasoningOpen() ? null : answer.text(), thinking);
    }

    @Override
    public Reply readPlain(int[] tokens) {
      return new Reply(model.tokenizer().visibleText(tokens), null);
    }

    @Override
    public void close() {
      kernels.close();
    }
  }
}
