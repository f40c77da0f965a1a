package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.Probe;
import dev.moonflow.model.convert.ConversionProgress;
import dev.moonflow.model.convert.Converter;
import dev.moonflow.model.image.ImageRejectedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How far a golden checkpoint's logits and greedy ids move when its weights are packed: each whole
 * case, images and answer together, is given to the model as it is and to the converted ones.
 */
public final class WeightFormatReport {
  private static final String CASES = "e2e/cases.json";

  private WeightFormatReport() {}

  /**
   * One case in one format.
   *
   * @param format of the weights
   * @param name of the case
   * @param positions whose logits are compared: those that chose a token of the answer
   * @param error root of the mean squared difference of logits, over their standard deviation
   * @param sameIds positions whose largest logit is the same id's
   */
  public record Line(WeightFormat format, String name, int positions, double error, int sameIds) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-5s %-28s logit error %.4f  same ids %d of %d",
          format.label(),
          name,
          error,
          sameIds,
          positions);
    }
  }

  /** A case's tokens, its answer among them. */
  private record Case(JsonNode json, int[] ids, int first) {}

  /**
   * Measures all formats.
   *
   * @param folder a golden folder with a checkpoint and whole answers
   * @param temporary where converted checkpoints are written
   * @return lines by format and case
   */
  public static List<Line> of(Path folder, Kernels kernels, Path temporary) throws IOException {
    GoldenFolder golden = new GoldenFolder(folder);
    List<Case> cases = cases(golden);
    KimiVl model = KimiVl.load(golden.checkpoint(), kernels);
    List<float[]> expected = logits(golden, model, cases);
    List<Line> lines = new ArrayList<>();
    for (WeightFormat format : WeightFormat.values()) {
      Path converted = temporary.resolve(format.label());
      Converter.convert(golden.checkpoint(), converted, format, ConversionProgress.NONE);
      List<float[]> actual = logits(golden, KimiVl.load(converted, kernels), cases);
      for (int i = 0; i < cases.size(); i++) {
        int vocab = model.config().text().vocabSize();
        lines.add(compare(format, cases.get(i), expected.get(i), actual.get(i), vocab));
      }
    }
    return lines;
  }

  private static List<Case> cases(GoldenFolder golden) throws IOException {
    List<Case> cases = new ArrayList<>();
    for (JsonNode json : golden.json(CASES)) {
      String file = "e2e/" + json.path("case").asText() + ".safetensors";
      int[] input = golden.tensors(file).ints("input_ids");
      int[] greedy = TokenizerSection.ints(json.path("greedy_ids"));
      int[] ids = Arrays.copyOf(input, input.length + greedy.length - 1);
      System.arraycopy(greedy, 0, ids, input.length, greedy.length - 1);
      cases.add(new Case(json, ids, input.length - 1));
    }
    return cases;
  }

  private static List<float[]> logits(GoldenFolder golden, KimiVl model, List<Case> cases)
      throws IOException {
    LanguageCase runner =
        new LanguageCase(
            model.language(), model.vision(), model.images(), model.config().mediaTokenId());
    List<float[]> all = new ArrayList<>();
    for (Case item : cases) {
      try {
        float[] embeddings = runner.embed(golden, item.json(), item.ids());
        all.add(runner.logits(embeddings, item.ids().length, Probe.NONE));
      } catch (ImageRejectedException e) {
        throw new IOException(item.json().path("case").asText() + ": " + e.getMessage(), e);
      }
    }
    return all;
  }

  private static Line compare(
      WeightFormat format, Case item, float[] expected, float[] actual, int vocab) {
    double error = 0;
    double sum = 0;
    double squares = 0;
    int same = 0;
    int positions = item.ids().length - item.first();
    for (int p = item.first(); p < item.ids().length; p++) {
      for (int i = p * vocab; i < (p + 1) * vocab; i++) {
        double difference = actual[i] - expected[i];
        error += difference * difference;
        sum += expected[i];
        squares += (double) expected[i] * expected[i];
      }
      same += largest(expected, p, vocab) == largest(actual, p, vocab) ? 1 : 0;
    }
    double count = (double) positions * vocab;
    double variance = squares / count - (sum / count) * (sum / count);
    String name = item.json().path("case").asText();
    return new Line(format, name, positions, Math.sqrt(error / count / variance), same);
  }

  private static int largest(float[] logits, int row, int vocab) {
    int best = 0;
    for (int i = 1; i < vocab; i++) {
      if (logits[row * vocab + i] > logits[row * vocab + best]) {
        best = i;
      }
    }
    return best;
  }
}
