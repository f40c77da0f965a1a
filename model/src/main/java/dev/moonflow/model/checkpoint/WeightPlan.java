package dev.moonflow.model.checkpoint;

import dev.moonflow.kernels.dense.WeightFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tensors a weights file holds, and in which format: this package's documentation has the
 * table.
 */
public final class WeightPlan {
  private static final Pattern KEY_VALUE_UP =
      Pattern.compile("language_model\\.model\\.layers\\.\\d+\\.self_attn\\.kv_b_proj\\.weight");
  private static final Pattern MLP =
      Pattern.compile("language_model\\.model\\.layers\\.\\d+\\.mlp\\..*_proj\\.weight");
  private static final Pattern ATTENTION =
      Pattern.compile(
          "language_model\\.model\\.layers\\.\\d+\\.self_attn\\.(q|kv_a|o)_proj.*\\.weight");

  private WeightPlan() {}

  /** The tensors of a model in the order of the file. */
  public static List<PlannedTensor> of(KimiVlConfig config, WeightFormat format) {
    List<PlannedTensor> plan = new ArrayList<>();
    for (TensorCatalog.Entry entry : TensorCatalog.of(config)) {
      Matcher keyValueUp = KEY_VALUE_UP.matcher(entry.name());
      if (keyValueUp.matches()) {
        addHeads(plan, entry.name(), config.text(), small(format));
      } else {
        plan.add(PlannedTensor.whole(entry.name(), formatOf(entry, config, format), shape(entry)));
      }
    }
    return List.copyOf(plan);
  }

  /** Formats of 8 bits at least, for what 4 bits would hurt and where they would save little. */
  private static WeightFormat small(WeightFormat format) {
    return format == WeightFormat.INT4 ? WeightFormat.INT8 : format;
  }

  private static WeightFormat formatOf(
      TensorCatalog.Entry entry, KimiVlConfig config, WeightFormat format) {
    String name = entry.name();
    if (entry.shape().length == 1
        || name.endsWith("pos_emb.weight")
        || name.endsWith("mlp.gate.weight")) {
      return null;
    }
    if (name.endsWith("embed_tokens.weight")) {
      return config.text().tiedEmbeddings() ? small(format) : WeightFormat.BF16;
    }
    return MLP.matcher(name).matches() || ATTENTION.matcher(name).matches()
        ? format
        : small(format);
  }

  /** Matrices as [out, in]: a convolution over whole patches is one. */
  private static List<Integer> shape(TensorCatalog.Entry entry) {
    int[] s = entry.shape();
    if (s.length == 4) {
      return List.of(s[0], s[1] * s[2] * s[3]);
    }
    return Arrays.stream(s).boxed().toList();
  }

  /** kv_b by heads, the keys' half transposed, as absorbed attention multiplies them. */
  private static void addHeads(
      List<PlannedTensor> plan, String source, TextConfig t, WeightFormat format) {
    int nope = t.qkNopeHeadDim();
    int each = nope + t.vHeadDim();
    for (int h = 0; h < t.heads(); h++) {
      plan.add(
          new PlannedTensor(
              keys(source, h),
              format,
              List.of(t.kvLoraRank(), nope),
              source,
              PlannedTensor.Part.COLUMNS,
              h * each));
      plan.add(
          new PlannedTensor(
              values(source, h),
              format,
              List.of(t.vHeadDim(), t.kvLoraRank()),
              source,
              PlannedTensor.Part.ROWS,
              h * each + nope));
    }
  }

  /** Name of the keys' half of a head, transposed: [latent width, key width]. */
  public static String keys(String keyValueUp, int head) {
    return keyValueUp + ".keys." + head;
  }

  /** Name of the values' half of a head: [value width, latent width]. */
  public static String values(String keyValueUp, int head) {
    return keyValueUp + ".values." + head;
  }
}
