package dev.moonflow.training.stage.vit;

import dev.moonflow.training.torch.Tensors;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The captions of a batch, one after another.
 *
 * @param ids [T], each caption ending in [EOS]
 * @param positions [T], from 0 in each caption
 * @param starts [n + 1] first token of each caption, then T
 */
record CaptionTokens(int[] ids, int[] positions, int[] starts) {

  static CaptionTokens of(List<int[]> captions) {
    int[] starts = new int[captions.size() + 1];
    for (int i = 0; i < captions.size(); i++) {
      starts[i + 1] = starts[i] + captions.get(i).length;
    }
    int[] ids = captions.stream().flatMapToInt(IntStream::of).toArray();
    int[] positions =
        captions.stream().flatMapToInt(caption -> IntStream.range(0, caption.length)).toArray();
    return new CaptionTokens(ids, positions, starts);
  }

  /** n. */
  int count() {
    return starts.length - 1;
  }

  Tensor idTensor() {
    return Tensors.indices(ids);
  }

  Tensor positionTensor() {
    return Tensors.indices(positions);
  }

  /** What the captioner reads: each caption moved on by one, a given token first. */
  Tensor shifted(int first) {
    int[] inputs = new int[ids.length];
    for (int t = 0; t < inputs.length; t++) {
      inputs[t] = positions[t] == 0 ? first : ids[t - 1];
    }
    return Tensors.indices(inputs);
  }

  /** Index of the last token of each caption, [n]. */
  Tensor lasts() {
    return Tensors.indices(IntStream.range(1, starts.length).map(i -> starts[i] - 1).toArray());
  }
}
