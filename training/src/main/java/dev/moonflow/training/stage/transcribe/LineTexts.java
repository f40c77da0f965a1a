package dev.moonflow.training.stage.transcribe;

import dev.moonflow.model.tokenizer.Tokenizer;
import dev.moonflow.training.batch.Example;
import dev.moonflow.training.batch.MicroBatch;
import dev.moonflow.training.network.ImagePatches;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Images of single lines and the bytes that stand on each.
 *
 * @param images n, each two patches high
 * @param texts n, UTF-8
 */
record LineTexts(List<ImagePatches> images, List<byte[]> texts) {

  /**
   * The examples of a micro-batch; what is learnt of each, without its control tokens, is its text.
   *
   * @throws IllegalArgumentException naming an example that is no single line
   */
  static LineTexts of(MicroBatch batch, Tokenizer tokenizer) {
    List<byte[]> texts = new ArrayList<>();
    List<ImagePatches> images = batch.packed().images();
    for (Example example : batch.examples()) {
      if (example.images().size() != 1 || images.get(texts.size()).rows() != 2) {
        throw new IllegalArgumentException(
            "example %s has %d images; transcription is of one line, two patches high"
                .formatted(example.id(), example.images().size()));
      }
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (int t = 0; t < example.length(); t++) {
        if (example.weights()[t] > 0 && !tokenizer.specials().contains(example.tokens()[t])) {
          text.writeBytes(tokenizer.bytes(example.tokens()[t]));
        }
      }
      texts.add(text.toByteArray());
    }
    return new LineTexts(images, texts);
  }

  /** n. */
  int count() {
    return texts.size();
  }

  /** Slots of each line, where a media token has so many. */
  long[] slots(int perToken) {
    return images.stream().mapToLong(image -> (long) image.mediaTokens() * perToken).toArray();
  }

  /** Bytes of each line. */
  long[] lengths() {
    return texts.stream().mapToLong(text -> text.length).toArray();
  }

  /** Classes of all bytes, line after line. */
  int[] classes() {
    return texts.stream()
        .flatMapToInt(text -> new String(text, StandardCharsets.ISO_8859_1).chars())
        .map(b -> b + 1)
        .toArray();
  }
}
