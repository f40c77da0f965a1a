package dev.moonflow.training.stage.transcribe;

import dev.moonflow.training.network.Initialization;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import org.bytedeco.pytorch.Tensor;

/**
 * From media tokens to log probabilities of bytes: each token of width H becomes S slots of width
 * W, each slot a distribution over 256 bytes and the blank. All slots share the last map.
 */
final class SlotReader {
  /** Class of no byte; byte b is class b + 1. */
  static final int BLANK = 0;

  static final int CLASSES = 257;

  private static final String NAME = "slot_reader.";

  private final Parameters parameters;
  private final Precision precision;
  private final int slots;
  private final int width;

  private SlotReader(Parameters parameters, Precision precision, int slots, int width) {
    this.parameters = parameters;
    this.precision = precision;
    this.slots = slots;
    this.width = width;
  }

  /**
   * A reader with first weights drawn from a seed.
   *
   * @param hidden H
   * @param slots S of a media token
   * @param width W
   */
  static SlotReader draw(int hidden, int slots, int width, long seed, Precision precision) {
    Parameters parameters = new Parameters();
    add(parameters, "slots.weight", seed, precision, slots * width, hidden);
    add(parameters, "slots.bias", seed, precision, slots * width);
    add(parameters, "lm_head.weight", seed, precision, CLASSES, width);
    add(parameters, "lm_head.bias", seed, precision, CLASSES);
    return new SlotReader(parameters, precision, slots, width);
  }

  private static void add(
      Parameters parameters, String name, long seed, Precision precision, int... shape) {
    parameters.add(NAME + name, Initialization.draw(NAME + name, shape, 1, seed, precision));
  }

  Parameters parameters() {
    return parameters;
  }

  /** S. */
  int slots() {
    return slots;
  }

  /** Log probabilities [M S, 257] of media tokens [M, H]. */
  Tensor read(Tensor media) {
    Tensor wide = Ops.geluTanh(linear("slots", media)).reshape(media.size(0) * slots, width);
    return Ops.logSoftmax(linear("lm_head", wide));
  }

  private Tensor linear(String name, Tensor x) {
    return Ops.linear(
        x,
        parameters.get(NAME + name + ".weight"),
        parameters.get(NAME + name + ".bias"),
        precision.compute());
  }
}
