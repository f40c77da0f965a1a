package dev.moonflow.model.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.GoldenFolder;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.checkpoint.Safetensors;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** The golden model, loaded once for all tests of the engine, and its prompts. */
final class GoldenEngine {

  static final EngineLimits LIMITS = new EngineLimits(16, 8192, 256, 32_768, 16_384, 4096);
  static final KimiVl MODEL =
      KimiVl.load(GoldenFolder.path("checkpoint"), Kernels.open(DeviceChoice.CPU));
  static final Map<String, Prompt> PROMPTS = prompts();

  /** A golden prompt as ids. */
  record Prompt(String name, int[] ids, List<RgbImage> images, int[] greedy) {}

  private GoldenEngine() {}

  /** Prompts of moderate length: all kinds, without the two with large images. */
  static List<Prompt> shortPrompts() {
    return PROMPTS.values().stream().filter(p -> p.ids().length < 400).toList();
  }

  static Prompt prompt(String name) {
    return PROMPTS.get(name);
  }

  static PreparedRequest prepare(
      ContinuousBatchingEngine engine,
      String id,
      Prompt prompt,
      SamplingParameters sampling,
      int maxNewTokens,
      int... resume) {
    try {
      return engine.prepareIds(id, prompt.ids(), prompt.images(), sampling, maxNewTokens, resume);
    } catch (RequestRejectedException e) {
      throw new AssertionError(e);
    }
  }

  /** Steps until nothing is left; every report. */
  static List<StepReport> drain(Engine engine) {
    List<StepReport> reports = new ArrayList<>();
    do {
      reports.add(engine.step());
      if (reports.size() > 100_000) {
        throw new AssertionError("the engine does not come to an end");
      }
    } while (last(reports).running() + last(reports).waiting() > 0);
    return reports;
  }

  private static StepReport last(List<StepReport> reports) {
    return reports.get(reports.size() - 1);
  }

  /** What one request generates when nothing else is in the engine. */
  static int[] alone(
      EngineLimits limits, Prompt prompt, SamplingParameters sampling, int max, int... resume) {
    try (ContinuousBatchingEngine engine = MODEL.newEngine(limits)) {
      engine.submit(prepare(engine, "x", prompt, sampling, max, resume));
      drain(engine);
      return engine.progress("x").orElseThrow().tokens();
    }
  }

  private static Map<String, Prompt> prompts() {
    Map<String, Prompt> prompts = new LinkedHashMap<>();
    for (JsonNode item : GoldenFolder.json("e2e/cases.json")) {
      String name = item.path("case").asText();
      List<RgbImage> images = new ArrayList<>();
      item.path("images").forEach(image -> images.add(image(image.asText())));
      int[] greedy = GoldenFolder.ints(item.path("greedy_ids"));
      prompts.put(name, new Prompt(name, ids(name), images, greedy));
    }
    return prompts;
  }

  private static int[] ids(String name) {
    try (Safetensors file = Safetensors.open(GoldenFolder.path("e2e/" + name + ".safetensors"))) {
      return Arrays.stream(file.longs("input_ids")).mapToInt(Math::toIntExact).toArray();
    }
  }

  private static RgbImage image(String name) {
    try {
      BufferedImage image = ImageIO.read(GoldenFolder.path("images/" + name).toFile());
      int width = image.getWidth();
      int height = image.getHeight();
      int[] samples = image.getRaster().getPixels(0, 0, width, height, (int[]) null);
      byte[] rgb = new byte[samples.length];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) samples[i];
      }
      return new RgbImage(width, height, rgb);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
