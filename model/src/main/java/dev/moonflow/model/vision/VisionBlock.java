package dev.moonflow.model.vision;

import dev.moonflow.kernels.math.Activations;
import dev.moonflow.kernels.math.Attention;
import dev.moonflow.kernels.math.Rotary;
import dev.moonflow.kernels.packing.PackedPatches;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.VisionConfig;

/**
 * One transformer block of MoonViT (SPEC section 5.4): x = x + Attn(LN0(x)); x = x + MLP(LN1(x)).
 * Width D, heads of d values, L patches.
 */
record VisionBlock(
    int heads,
    int headDim,
    LayerNorm norm0,
    Linear wqkv,
    Linear wo,
    LayerNorm norm1,
    Linear fc0,
    Linear fc1) {

  static VisionBlock read(Checkpoint checkpoint, int index) {
    VisionConfig config = checkpoint.config().vision();
    String prefix = "vision_tower.encoder.blocks." + index + ".";
    int dim = config.hiddenSize();
    int wide = config.intermediateSize();
    return new VisionBlock(
        config.heads(),
        config.headDim(),
        LayerNorm.read(checkpoint, prefix + "norm0", dim),
        Linear.read(checkpoint, prefix + "wqkv", 3 * dim, dim),
        Linear.read(checkpoint, prefix + "wo", dim, dim),
        LayerNorm.read(checkpoint, prefix + "norm1", dim),
        Linear.read(checkpoint, prefix + "mlp.fc0", wide, dim),
        Linear.read(checkpoint, prefix + "mlp.fc1", dim, wide));
  }

  /** Advances {@code space.x} [L, D] in place. */
  void forward(VisionWorkspace space, PackedPatches packed) {
    norm0.apply(space.x, space.patches, space.y);
    attend(space, packed);
    space.addToX();

    norm1.apply(space.x, space.patches, space.y);
    mlp(space);
    space.addToX();
  }

  /** y = wo(softmax(q kᵀ / sqrt(d)) v), patches seeing only patches of their own image. */
  private void attend(VisionWorkspace space, PackedPatches packed) {
    int dim = heads * headDim;
    float[] qkv = space.qkv; // [L, 3, heads, d]
    wqkv.apply(space.y, 0, space.patches, qkv, 0);
    for (int part = 0; part < 2; part++) {
      Rotary.apply(
          qkv,
          part * dim,
          3 * dim,
          space.patches,
          heads,
          headDim,
          headDim,
          packed.ropeCos(),
          packed.ropeSin(),
          0);
    }
    float scale = (float) (1 / Math.sqrt(headDim));
    Attention.blockDiagonal(
        qkv,
        0,
        qkv,
        dim,
        qkv,
        2 * dim,
        3 * dim,
        heads,
        headDim,
        packed.cuSeqlens(),
        scale,
        space.heads,
        0);
    wo.apply(space.heads, 0, space.patches, space.y, 0);
  }

  /** y = fc1(GELU_tanh(fc0(y))), some rows at a time so that the wide layer stays small. */
  private void mlp(VisionWorkspace space) {
    int dim = heads * headDim;
    int wide = fc0.weight().out();
    for (int row = 0; row < space.patches; row += VisionWorkspace.MLP_ROWS) {
      int rows = Math.min(VisionWorkspace.MLP_ROWS, space.patches - row);
      fc0.apply(space.y, row * dim, rows, space.wide, 0);
      Activations.geluTanh(space.wide, 0, rows * wide);
      fc1.apply(space.wide, 0, rows, space.y, row * dim);
    }
  }
}
