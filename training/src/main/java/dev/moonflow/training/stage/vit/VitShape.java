package dev.moonflow.training.stage.vit;

/**
 * Sizes of what is trained beside the tower.
 *
 * @param vocabSize V of the model's tokenizer
 * @param positions tokens of a caption at most, [EOS] included
 * @param patchWidth D of the tower
 * @param poolHeads heads of the attention pool; divides D
 * @param textWidth W of the text encoder and of the decoder
 * @param textHeads their heads; divides W
 * @param encoderLayers blocks of the text encoder
 * @param decoderLayers blocks of the captioner
 * @param embedWidth E, in which images and texts are compared
 */
public record VitShape(
    int vocabSize,
    int positions,
    int patchWidth,
    int poolHeads,
    int textWidth,
    int textHeads,
    int encoderLayers,
    int decoderLayers,
    int embedWidth) {
  public VitShape {
    if (patchWidth % poolHeads != 0 || textWidth % textHeads != 0) {
      throw new IllegalArgumentException(
          "heads must divide their width: %d by %d, %d by %d"
              .formatted(patchWidth, poolHeads, textWidth, textHeads));
    }
  }
}
