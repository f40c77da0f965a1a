package dev.moonflow.training.stage.vit;

import dev.moonflow.training.network.Initialization;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Tensors;

/**
 * First weights of everything that the tower is trained with, by the rules of {@link
 * Initialization}: pool, projections, text encoder, captioner, t' and b.
 */
final class Companions {
  static final String POOL = "image_pool.";
  static final String IMAGE_PROJECTION = "image_projection.weight";
  static final String TEXT_PROJECTION = "text_projection.weight";
  static final String ENCODER = "text_encoder.";
  static final String DECODER = "text_decoder.";
  static final String LOG_SCALE = "logit_scale";
  static final String BIAS = "logit_bias";

  /** A block's MLP is that many times as wide as its input. */
  private static final int MLP = 4;

  private final VitShape shape;
  private final long seed;
  private final Precision precision;
  private final Parameters parameters = new Parameters();

  private Companions(VitShape shape, long seed, Precision precision) {
    this.shape = shape;
    this.seed = seed;
    this.precision = precision;
  }

  /** All of them, drawn from a seed. */
  static Parameters draw(VitShape shape, long seed, Precision precision) {
    return new Companions(shape, seed, precision).all();
  }

  private Parameters all() {
    int width = shape.textWidth();
    pool(shape.patchWidth());
    add(IMAGE_PROJECTION, 1, shape.embedWidth(), shape.patchWidth());
    text(ENCODER, shape.encoderLayers(), false);
    add(TEXT_PROJECTION, 1, shape.embedWidth(), width);
    text(DECODER, shape.decoderLayers(), true);
    scalar(LOG_SCALE, SiglipLoss.INITIAL_LOG_SCALE);
    scalar(BIAS, SiglipLoss.INITIAL_BIAS);
    return parameters;
  }

  private void pool(int patchWidth) {
    // One row of an embedding, flat so that it is no matrix for the optimizer.
    float[] probe =
        Tensors.floats(
            Initialization.draw(
                POOL + "embed_tokens.weight", new int[] {1, patchWidth}, 1, seed, precision));
    parameters.add(
        POOL + "probe", Tensors.of(probe, precision.storage(), patchWidth).set_requires_grad(true));
    linear(POOL + "q", 1, patchWidth, patchWidth);
    linear(POOL + "kv", 1, 2 * patchWidth, patchWidth);
    linear(POOL + "wo", 1, patchWidth, patchWidth);
    mlp(POOL, 1, patchWidth);
  }

  private void text(String name, int layers, boolean crossing) {
    int width = shape.textWidth();
    add(name + "embed_tokens.weight", layers, shape.vocabSize(), width);
    add(name + "pos_emb.weight", layers, shape.positions(), width);
    for (int i = 0; i < layers; i++) {
      String block = name + "blocks." + i + ".";
      norm(block + "norm0", layers, width);
      linear(block + "wqkv", layers, 3 * width, width);
      linear(block + "wo", layers, width, width);
      if (crossing) {
        norm(block + "norm_cross", layers, width);
        linear(block + "cross.q", layers, width, width);
        linear(block + "cross.kv", layers, 2 * width, shape.patchWidth());
        linear(block + "cross.wo", layers, width, width);
      }
      mlp(block, layers, width);
    }
    norm(name + "final_layernorm", layers, width);
  }

  private void mlp(String block, int layers, int width) {
    norm(block + "norm1", layers, width);
    linear(block + "mlp.fc0", layers, MLP * width, width);
    linear(block + "mlp.fc1", layers, width, MLP * width);
  }

  private void norm(String name, int layers, int width) {
    add(name + ".weight", layers, width);
    add(name + ".bias", layers, width);
  }

  private void linear(String name, int layers, int out, int in) {
    add(name + ".weight", layers, out, in);
    add(name + ".bias", layers, out);
  }

  private void add(String name, int layers, int... dimensions) {
    parameters.add(name, Initialization.draw(name, dimensions, layers, seed, precision));
  }

  private void scalar(String name, double value) {
    parameters.add(
        name, Tensors.of(new double[] {value}, precision.storage(), 1).set_requires_grad(true));
  }
}
