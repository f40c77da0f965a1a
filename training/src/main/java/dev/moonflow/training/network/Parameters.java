package dev.moonflow.training.network;

import dev.moonflow.training.torch.Ops;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;

/**
 * Named trainable tensors in a fixed order: that of {@code TensorCatalog}, which is also the order
 * of optimizer state, of shards over ranks and of checkpoints. Names are the checkpoint's.
 */
public final class Parameters implements AutoCloseable {
  private final Map<String, Tensor> byName = new LinkedHashMap<>();

  /** Adds a leaf tensor. Its {@code requires_grad} decides whether it is trained. */
  public void add(String name, Tensor tensor) {
    if (byName.putIfAbsent(name, tensor) != null) {
      throw new IllegalArgumentException("a parameter named " + name + " is there already");
    }
  }

  /**
   * One tensor.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor get(String name) {
    Tensor tensor = byName.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("there is no parameter named " + name);
    }
    return tensor;
  }

  /** Whether there is one of that name. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** All names in order. */
  public List<String> names() {
    return new ArrayList<>(byName.keySet());
  }

  /** Names of those that are trained, in order. */
  public List<String> trainedNames() {
    return byName.keySet().stream().filter(name -> byName.get(name).requires_grad()).toList();
  }

  /** Trains exactly those whose name is accepted; the others are frozen and lose their gradient. */
  public void trainOnly(Predicate<String> accepted) {
    byName.forEach(
        (name, tensor) -> {
          boolean trained = accepted.test(name);
          tensor.set_requires_grad(trained);
          if (!trained && tensor.grad().defined()) {
            tensor.mutable_grad().reset();
          }
        });
  }

  /**
   * Sets the gradient of every trained tensor to zeros, also of one that no batch has reached yet.
   * An expert that got no token thus has a gradient of 0 rather than none, and a step does the same
   * whether its tokens came in one batch, in several or on several ranks.
   */
  public void clearGradients() {
    for (Tensor tensor : byName.values()) {
      if (!tensor.requires_grad()) {
        continue;
      }
      if (tensor.grad().defined()) {
        tensor.grad().zero_();
      } else {
        tensor.mutable_grad().put(Ops.zeros(Ops.type(tensor), tensor.shape()));
      }
    }
  }

  /** Number of values in all tensors. */
  public long count() {
    return byName.values().stream().mapToLong(Tensor::numel).sum();
  }

  @Override
  public void close() {
    byName.values().forEach(Tensor::close);
  }
}
