package dev.moonflow.jobs.settings;

import dev.moonflow.kernels.dense.WeightFormat;
import java.util.Optional;

/** How the weights of the model are computed with. */
public enum WeightsChoice {
  /** As the checkpoint stores them; products of weights stored as BF16 are sums of floats. */
  STORED(null),
  /** 16 bits for weights and inputs. */
  BF16(WeightFormat.BF16),
  /** 8 bits for weights and inputs, sums exact. */
  INT8(WeightFormat.INT8),
  /** 4 bits for weights, 8 for inputs, sums exact. */
  INT4(WeightFormat.INT4);

  private final WeightFormat format;

  WeightsChoice(WeightFormat format) {
    this.format = format;
  }

  /** What to pack the weights as; empty if they stay as they are stored. */
  public Optional<WeightFormat> format() {
    return Optional.ofNullable(format);
  }
}
