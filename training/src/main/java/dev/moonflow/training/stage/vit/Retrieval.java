package dev.moonflow.training.stage.vit;

import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Zero-shot retrieval: which text of a batch is nearest to an image. */
final class Retrieval {
  private Retrieval() {}

  /**
   * How many images find their own text, or one that says the same.
   *
   * @param logits [n, n], a row for each image
   * @param captions n
   */
  static int hits(Tensor logits, List<int[]> captions) {
    long[] order = Tensors.longs(Ops.argsortDescending(logits.detach()).narrow(1, 0, 1));
    int hits = 0;
    for (int i = 0; i < order.length; i++) {
      hits += Arrays.equals(captions.get((int) order[i]), captions.get(i)) ? 1 : 0;
    }
    return hits;
  }
}
