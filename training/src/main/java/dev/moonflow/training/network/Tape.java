package dev.moonflow.training.network;

import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Activation recomputation: a block run through the tape keeps only its input; its inner
 * activations are made again when gradients reach it (selective recomputation, SPEC section 12.5).
 *
 * <p>Forward, a block runs without gradients and its outputs become leaves of the graph above it.
 * Backward, the graph above gives those leaves their gradients; then, from the last block to the
 * first, the block runs once more with gradients, receives them, and hands its input's gradient to
 * whatever made that input. Blocks must be functions: the same input gives the same output, bit for
 * bit. With recomputation off, {@link #run} just runs the block. One thread.
 */
public final class Tape {
  /** One block that will be run again. */
  private record Entry(
      Function<Tensor, List<Tensor>> block, Tensor source, Tensor input, List<Tensor> leaves) {}

  private final boolean recompute;
  private final Deque<Entry> entries = new ArrayDeque<>();

  /** A tape for one forward and backward pass. */
  public Tape(boolean recompute) {
    this.recompute = recompute;
  }

  /**
   * Runs a block.
   *
   * @param block from its input to one or more outputs
   * @param input its input, with or without a history
   */
  public List<Tensor> run(Function<Tensor, List<Tensor>> block, Tensor input) {
    if (!recompute || !GradMode.is_enabled()) {
      return block.apply(input);
    }
    Tensor kept = input.detach();
    List<Tensor> leaves = new ArrayList<>();
    try (NoGradient off = new NoGradient();
        Scope scope = new Scope()) {
      for (Tensor output : block.apply(kept)) {
        leaves.add(scope.keep(output.detach()));
      }
    }
    leaves.forEach(leaf -> leaf.set_requires_grad(true));
    entries.push(new Entry(block, input, kept, leaves));
    return leaves;
  }

  /** Adds the gradients of a scalar to every parameter that it depends on. Once per tape. */
  public void backward(Tensor loss) {
    loss.backward();
    while (!entries.isEmpty()) {
      try (Scope scope = new Scope()) {
        rerun(entries.pop());
      }
    }
  }

  private static void rerun(Entry entry) {
    boolean onward = entry.source.requires_grad();
    Tensor input = entry.input.detach().set_requires_grad(onward);
    List<Tensor> outputs = entry.block.apply(input);
    TensorVector roots = new TensorVector();
    TensorVector gradients = new TensorVector();
    for (int i = 0; i < outputs.size(); i++) {
      Tensor gradient = entry.leaves.get(i).grad();
      if (gradient.defined() && outputs.get(i).requires_grad()) {
        roots.push_back(outputs.get(i));
        gradients.push_back(gradient);
      }
    }
    if (roots.size() == 0) {
      return;
    }
    torch.backward(roots, gradients, new BoolOptional(), false, new TensorVector());
    if (onward) {
      // The source is a leaf of an earlier block, or has a history of its own.
      torch.backward(
          new TensorVector(entry.source),
          new TensorVector(input.grad()),
          new BoolOptional(),
          false,
          new TensorVector());
    }
  }
}
