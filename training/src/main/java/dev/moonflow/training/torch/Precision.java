package dev.moonflow.training.torch;

import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Number formats of a training run. The parameters and the optimizer's state are kept in {@link
 * #storage}, products with weights are made in {@link #compute}; attention, norms, router, rotation
 * and losses always run in the storage format (SPEC section 11). Attention is among them because
 * LibTorch's fused kernel for the CPU has no fast path in bfloat16.
 */
public enum Precision {
  /** Everything in float32. */
  F32(ScalarType.Float, ScalarType.Float),
  /** Float32 parameters, bfloat16 products. */
  BF16(ScalarType.Float, ScalarType.BFloat16),
  /** Everything in float64: for checks against finite differences. */
  F64(ScalarType.Double, ScalarType.Double);

  private final ScalarType storage;
  private final ScalarType compute;

  Precision(ScalarType storage, ScalarType compute) {
    this.storage = storage;
    this.compute = compute;
  }

  /** Format of parameters, activations between blocks and optimizer state. */
  public ScalarType storage() {
    return storage;
  }

  /** Format of the operands of dense products. */
  public ScalarType compute() {
    return compute;
  }
}
