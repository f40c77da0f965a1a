package dev.moonflow.model.language;

import dev.moonflow.kernels.math.Activations;
import dev.moonflow.kernels.math.Matrix;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;

/**
 * A gated MLP: down(silu(gate(x)) * up(x)), without biases (SPEC section 8.3). Width I.
 *
 * @param gate [I, H]
 * @param up [I, H]
 * @param down [H, I]
 */
record SwiGlu(Matrix gate, Matrix up, Matrix down) implements FeedForward {

  static SwiGlu read(Checkpoint checkpoint, String prefix, int width) {
    int hidden = checkpoint.config().text().hiddenSize();
    return new SwiGlu(
        checkpoint.matrix(prefix + "gate_proj.weight", width, hidden),
        checkpoint.matrix(prefix + "up_proj.weight", width, hidden),
        checkpoint.matrix(prefix + "down_proj.weight", hidden, width));
  }

  @Override
  public void forward(float[] y, int tokens, float[] z, Probe probe) {
    apply(y, 0, tokens, z, 0);
  }

  /** Some rows: [rows, H] from {@code xOffset} to [rows, H] from {@code zOffset}. */
  void apply(float[] x, int xOffset, int rows, float[] z, int zOffset) {
    int width = gate.out();
    float[] wide = new float[Math.multiplyExact(rows, width)];
    float[] lifted = new float[rows * width];
    gate.multiply(x, xOffset, rows, null, wide, 0);
    up.multiply(x, xOffset, rows, null, lifted, 0);
    Activations.swiglu(wide, 0, lifted, 0, rows * width);
    down.multiply(wide, 0, rows, null, z, zOffset);
  }
}
