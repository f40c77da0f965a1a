package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** MoonViT with gradients (SPEC section 5): packed patches of any grids to patch features. */
public final class VisionTower {
  private static final String TOWER = "vision_tower.";

  private final VisionConfig config;
  private final Parameters parameters;
  private final Precision precision;

  VisionTower(VisionConfig config, Parameters parameters, Precision precision) {
    this.config = config;
    this.parameters = parameters;
    this.precision = precision;
  }

  /**
   * Features of every patch.
   *
   * @param images one or more
   * @param tape decides what is kept for the gradients
   * @return [L, D], images one after another, patches in row-major order
   */
  public Tensor features(List<ImagePatches> images, Tape tape) {
    Tensor x = embed(images);
    ImageRope rope = ImageRope.of(images, config, precision.storage());
    SegmentAttention attention = new SegmentAttention(starts(images), false);
    for (int i = 0; i < config.layers(); i++) {
      String block = TOWER + "encoder.blocks." + i + ".";
      x = tape.run(in -> List.of(block(block, in, rope, attention)), x).get(0);
    }
    return layerNorm(TOWER + "encoder.final_layernorm", x);
  }

  /**
   * Patches of a merge window together, in the order of the media tokens (SPEC section 5.6).
   *
   * @param features [L, D]
   * @return [L / 4, 4, D]
   */
  public Tensor merged(Tensor features, List<ImagePatches> images) {
    List<Integer> order = new ArrayList<>();
    int first = 0;
    for (ImagePatches image : images) {
      for (int row = 0; row < image.rows(); row += 2) {
        for (int col = 0; col < image.cols(); col += 2) {
          int corner = first + row * image.cols() + col;
          order.addAll(
              List.of(corner, corner + 1, corner + image.cols(), corner + image.cols() + 1));
        }
      }
      first += image.patches();
    }
    Tensor index = Tensors.indices(order.stream().mapToInt(i -> i).toArray());
    return Ops.rows(features, index).reshape(order.size() / 4, 4, config.hiddenSize());
  }

  /** First patch of each image, then L. */
  static int[] starts(List<ImagePatches> images) {
    int[] starts = new int[images.size() + 1];
    for (int i = 0; i < images.size(); i++) {
      starts[i + 1] = starts[i] + images.get(i).patches();
    }
    return starts;
  }

  private Tensor embed(List<ImagePatches> images) {
    int values = config.patchValues();
    int total = images.stream().mapToInt(ImagePatches::patches).sum();
    float[] pixels = new float[total * values];
    int at = 0;
    for (ImagePatches image : images) {
      if (image.values().length != image.patches() * values) {
        throw new IllegalArgumentException(
            String.format(
                "an image of %d x %d patches must have %d values, not %d",
                image.rows(), image.cols(), image.patches() * values, image.values().length));
      }
      System.arraycopy(image.values(), 0, pixels, at, image.values().length);
      at += image.values().length;
    }
    Tensor patches = Tensors.of(pixels, precision.storage(), total, values);
    Tensor weight =
        parameters.get(TOWER + "patch_embed.proj.weight").reshape(config.hiddenSize(), values);
    Tensor projected =
        Ops.linear(
            patches, weight, parameters.get(TOWER + "patch_embed.proj.bias"), precision.compute());
    return projected.add(positions(images));
  }

  /** The learned table, interpolated to each image's grid; images of one grid share it. */
  private Tensor positions(List<ImagePatches> images) {
    Tensor table = parameters.get(TOWER + "patch_embed.pos_emb.weight");
    Map<Long, Tensor> byGrid = new HashMap<>();
    List<Tensor> all = new ArrayList<>();
    for (ImagePatches image : images) {
      long grid = ((long) image.rows() << 32) | image.cols();
      all.add(
          byGrid.computeIfAbsent(grid, g -> Ops.interpolate(table, image.rows(), image.cols())));
    }
    return Ops.cat(all, 0);
  }

  private Tensor block(String name, Tensor x, ImageRope rope, SegmentAttention attention) {
    long rows = x.size(0);
    long heads = config.heads();
    long dim = config.headDim();

    // x + Attn(LN0(x))
    Tensor all = linear(name + "wqkv", layerNorm(name + "norm0", x)).reshape(rows, 3, heads, dim);
    List<Tensor> qkv = Ops.split(all, 1, 1, 1, 1);
    Tensor q = Ops.rotatePairs(qkv.get(0).squeeze(1), rope.cos(), rope.sin());
    Tensor k = Ops.rotatePairs(qkv.get(1).squeeze(1), rope.cos(), rope.sin());
    Tensor attended = attention.attend(q, k, qkv.get(2).squeeze(1));
    Tensor middle = x.add(linear(name + "wo", attended.reshape(rows, heads * dim)));

    // x + MLP(LN1(x))
    Tensor wide = Ops.geluTanh(linear(name + "mlp.fc0", layerNorm(name + "norm1", middle)));
    return middle.add(linear(name + "mlp.fc1", wide));
  }

  private Tensor linear(String name, Tensor x) {
    return Ops.linear(
        x, parameters.get(name + ".weight"), parameters.get(name + ".bias"), precision.compute());
  }

  private Tensor layerNorm(String name, Tensor x) {
    return Ops.layerNorm(
        x,
        parameters.get(name + ".weight"),
        parameters.get(name + ".bias"),
        VisionConfig.LAYER_NORM_EPS);
  }
}
