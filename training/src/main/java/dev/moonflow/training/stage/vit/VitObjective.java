package dev.moonflow.training.stage.vit;

import dev.moonflow.training.batch.MicroBatch;
import dev.moonflow.training.network.Parameters;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.network.VisionTower;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Precision;
import dev.moonflow.training.torch.Tensors;
import dev.moonflow.training.trainer.Loss;
import dev.moonflow.training.trainer.Objective;
import java.util.Map;
import java.util.Optional;

/**
 * SigLIP plus twice the caption loss. A micro-batch counts as much as it has images; its images
 * meet its own texts as negatives and no others, so that the contrast is as large as {@code
 * batch.tokens} and {@code batch.patches} allow, whatever the number of micro-batches and ranks.
 */
final class VitObjective implements Objective<MicroBatch> {
  private final Parameters companions;
  private final VitNetwork network;

  /**
   * The objective of a tower.
   *
   * @param beginId the token that stands before a caption
   * @param seed of the companions' first weights
   */
  VitObjective(VisionTower tower, VitShape shape, int beginId, long seed, Precision precision) {
    companions = Companions.draw(shape, seed, precision);
    network = new VitNetwork(tower, companions, shape, beginId, precision);
  }

  @Override
  public Loss loss(MicroBatch batch, Tape tape, long step) {
    VitBatch pairs = VitBatch.of(batch);
    int n = pairs.count();
    VitNetwork.Result result = network.forward(pairs, tape);
    return new Loss(
        Ops.scale(result.total(), n),
        n,
        batch.packed().length(),
        Optional.empty(),
        Map.of(
            "siglip", n * Tensors.doubles(result.siglip())[0],
            "caption", n * Tensors.doubles(result.caption())[0],
            "retrieval", (double) Retrieval.hits(result.logits(), pairs.captions()),
            "batch_images", (double) n * n,
            "patches_per_image", (double) pairs.patchStarts()[n],
            "logit_scale", n * Math.exp(Tensors.doubles(companions.get(Companions.LOG_SCALE))[0]),
            "logit_bias", n * Tensors.doubles(companions.get(Companions.BIAS))[0]));
  }

  @Override
  public String describe(MicroBatch batch) {
    return "samples " + batch.names();
  }

  @Override
  public Parameters extra() {
    return companions;
  }

  @Override
  public void close() {
    companions.close();
  }
}
