package dev.moonflow.training.stage;

import dev.moonflow.training.batch.MicroBatch;
import dev.moonflow.training.network.ForwardResult;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.TrainableKimiVl;
import dev.moonflow.training.torch.Tensors;
import dev.moonflow.training.trainer.Loss;
import dev.moonflow.training.trainer.Objective;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-entropy of the next token plus the sequence-wise balance loss of the experts. The balance
 * loss of a micro-batch counts as much as the micro-batch weighs.
 */
public final class NextToken implements Objective<MicroBatch> {
  private final TrainableKimiVl model;
  private final double balance;

  /**
   * The objective of a model.
   *
   * @param balance factor of the balance loss
   */
  public NextToken(TrainableKimiVl model, double balance) {
    this.model = model;
    this.balance = balance;
  }

  @Override
  public Loss loss(MicroBatch batch, Tape tape, long step) {
    ForwardResult result = model.forward(batch.packed(), tape);
    double weight = result.weight();
    Tensor sum = result.lossSum();
    double balanceValue = Tensors.doubles(result.balanceLoss())[0];
    double crossEntropy = Tensors.doubles(sum)[0];
    if (balance > 0 && result.balanceLoss().requires_grad()) {
      sum = sum.add(result.balanceLoss(), new Scalar(balance * weight));
    }
    return new Loss(
        sum,
        weight,
        batch.packed().length(),
        Optional.of(result.load()),
        Map.of("cross_entropy", crossEntropy, "balance_loss", balanceValue * weight));
  }

  @Override
  public String describe(MicroBatch batch) {
    return "samples " + batch.names();
  }
}
