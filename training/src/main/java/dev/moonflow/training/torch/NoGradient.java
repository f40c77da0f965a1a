package dev.moonflow.training.torch;

import org.bytedeco.pytorch.NoGradGuard;

/** While open, this thread records nothing for gradients. */
public final class NoGradient implements AutoCloseable {
  private final NoGradGuard guard = new NoGradGuard();

  @Override
  public void close() {
    guard.close();
  }
}
