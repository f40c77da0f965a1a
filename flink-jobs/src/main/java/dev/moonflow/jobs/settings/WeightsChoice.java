package dev.moonflow.jobs.settings;

import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.convert.PackedCopies;
import java.io.IOException;
import java.nio.file.Path;

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

  /**
   * The folder to load: the checkpoint, or its packed copy on this host, which is made if it is not
   * there.
   *
   * @throws IOException if the copy cannot be written
   */
  public Path folder(Path checkpoint) throws IOException {
    return format == null ? checkpoint : PackedCopies.of(checkpoint, format);
  }
}
