package dev.moonflow.training.optimizer;

import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.torch.InPlace;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Scope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The tensors of a model under {@link AdamWRule}: two moments each, and a count of updates. */
final class AdamW implements AutoCloseable {
  private final Parameters parameters;
  private final AdamWRule rule;
  private final Map<String, Moments> moments = new LinkedHashMap<>();

  private record Moments(GroupPattern group, Tensor first, Tensor second, Tensor steps) {}

  AdamW(Parameters parameters, ParameterGroups groups, AdamWRule rule) {
    this.parameters = parameters;
    this.rule = rule;
    for (String name : parameters.trainedNames()) {
      Tensor parameter = parameters.get(name);
      long[] shape = parameter.shape();
      GroupPattern group = groups.of(name, shape);
      if (group.method() == Method.ADAMW) {
        ScalarType type = Ops.type(parameter);
        moments.put(
            name,
            new Moments(
                group,
                Ops.zeros(type, shape),
                Ops.zeros(type, shape),
                Ops.zeros(ScalarType.Int, 1)));
      }
    }
  }

  void step(double learningRate) {
    moments.forEach(
        (name, own) -> {
          try (Scope scope = new Scope()) {
            Tensor parameter = parameters.get(name);
            Tensor gradient = parameter.grad();
            if (gradient.defined()) {
              own.steps.add_(new Scalar(1));
              rule.update(
                  InPlace.values(parameter),
                  gradient,
                  own.first,
                  own.second,
                  own.steps.item_int(),
                  learningRate * own.group.rate(),
                  own.group.decay());
            }
          }
        });
  }

  void collect(Map<String, Tensor> state) {
    moments.forEach(
        (name, own) -> {
          state.put(name + ".first_moment", own.first);
          state.put(name + ".second_moment", own.second);
          state.put(name + ".steps", own.steps);
        });
  }

  void restore(StatePieces saved) {
    moments.forEach(
        (name, own) -> {
          saved.read(name + ".first_moment", own.first);
          saved.read(name + ".second_moment", own.second);
          saved.read(name + ".steps", own.steps);
        });
  }

  @Override
  public void close() {
    moments
        .values()
        .forEach(
            own -> {
              own.first.close();
              own.second.close();
              own.steps.close();
            });
  }
}
