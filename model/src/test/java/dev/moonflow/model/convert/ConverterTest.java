package dev.moonflow.model.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.dense.DenseProviders;
import dev.moonflow.kernels.dense.DenseProviders.Selection;
import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.Probe;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.WeightPlan;
import dev.moonflow.model.checkpoint.WeightsFile;
import dev.moonflow.model.checkpoint.WeightsHeader;
import dev.moonflow.model.language.KvSequence;
import dev.moonflow.model.language.LanguageModel;
import dev.moonflow.model.language.Span;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders that are converted: what is in them, how a conversion goes on, and what is refused. */
class ConverterTest {
  private static final SyntheticSpec SPEC = SyntheticSpec.small(5);

  @TempDir private static Path shared;
  @TempDir private Path own;

  private static Path source;

  @BeforeAll
  static void writeSource() throws IOException {
    source = shared.resolve("source");
    SyntheticCheckpoint.write(source, SPEC);
  }

  @AfterEach
  void chooseAgain() {
    DenseProviders.select(null);
  }

  @ParameterizedTest
  @EnumSource
  void weightsAreThoseOfTheSource(WeightFormat format) throws IOException {
    Path target = convert("target", format);
    try (Checkpoint before = Checkpoint.open(source);
        Checkpoint after = Checkpoint.open(target)) {
      int hidden = before.config().text().hiddenSize();
      String name = "language_model.model.layers.1.mlp.experts.3.down_proj.weight";
      near(before, after, name, hidden, before.config().text().moeIntermediateSize(), format);
      near(before, after, "vision_tower.encoder.blocks.0.wqkv.weight", 192, 64, format);
      String norm = "language_model.model.norm.weight";
      assertThat(after.floats(norm, hidden)).isEqualTo(before.floats(norm, hidden));
      assertThat(after.weights().header().weights()).isEqualTo(format);
      assertThat(after.weights().header().source()).isEqualTo(before.fingerprint());
      assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
      after.weights().verify();
    }
  }

  private static void near(
      Checkpoint before, Checkpoint after, String name, int out, int in, WeightFormat format) {
    float[] expected = before.floats(name, out, in);
    float[] row = new float[in];
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    float limit =
        switch (format) {
          case BF16 -> 0;
          case INT8 -> largest / 253;
          case INT4 -> largest / 7;
        };
    for (int o = 0; o < out; o++) {
      after.matrix(name, out, in).row(o, row, 0);
      for (int i = 0; i < in; i++) {
        assertThat(row[i]).isBetween(expected[o * in + i] - limit, expected[o * in + i] + limit);
      }
    }
  }

  @Test
  void keysAndValuesAreSplitByHeads() throws IOException {
    Path target = convert("heads", WeightFormat.BF16);
    String name = "language_model.model.layers.2.self_attn.kv_b_proj.weight";
    try (Checkpoint before = Checkpoint.open(source);
        Checkpoint after = Checkpoint.open(target)) {
      var text = before.config().text();
      int nope = text.qkNopeHeadDim();
      int each = nope + text.vHeadDim();
      int rank = text.kvLoraRank();
      float[] all = before.floats(name, text.heads() * each, rank);
      float[] row = new float[rank];
      for (int h = 0; h < text.heads(); h++) {
        after.matrix(WeightPlan.values(name, h), text.vHeadDim(), rank).row(3, row, 0);
        int from = (h * each + nope + 3) * rank;
        assertThat(row).isEqualTo(Arrays.copyOfRange(all, from, from + rank));
        float[] column = new float[nope];
        after.matrix(WeightPlan.keys(name, h), rank, nope).row(5, column, 0);
        for (int i = 0; i < nope; i++) {
          assertThat(column[i]).isEqualTo(all[(h * each + i) * rank + 5]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "INT4"})
  void logitsHaveTheSameBitsInEveryProviderAndBatch(WeightFormat format) throws IOException {
    Path target = convert("logits", format);
    DenseProviders.select(Selection.PORTABLE);
    LanguageModel portable = load(target).language();
    float[] expected = logits(portable, 9);
    int vocab = portable.config().vocabSize();
    assertThat(Arrays.copyOf(expected, 2 * vocab)).isEqualTo(logits(portable, 2));
    if (DenseProviders.onednn().provider() != null) {
      DenseProviders.select(Selection.ONEDNN);
      LanguageModel onednn = load(target).language();
      assertThat(logits(onednn, 9)).isEqualTo(expected);
      assertThat(logits(onednn, 1)).isEqualTo(Arrays.copyOf(expected, vocab));
    }
  }

  private static KimiVl load(Path folder) {
    return KimiVl.load(folder, Kernels.open(DeviceChoice.CPU));
  }

  private static float[] logits(LanguageModel model, int tokens) {
    int[] ids = {300, 5, 77, 8, 120, 44, 9, 301, 2};
    float[] embeddings = new float[tokens * model.config().hiddenSize()];
    model.embed(ids, 0, tokens, embeddings, 0);
    try (KvSequence sequence = model.newCache(tokens).open()) {
      return model.forward(List.of(new Span(sequence, embeddings, 0, tokens, tokens)), Probe.NONE);
    }
  }

  @Test
  void aSyntheticModelIsPackedAsItsConversionIs() throws IOException {
    Path converted = convert("converted", WeightFormat.INT4);
    Path direct = own.resolve("direct");
    SyntheticCheckpoint.writePacked(direct, SPEC, WeightFormat.INT4, ConversionProgress.NONE);
    assertThat(data(direct)).isEqualTo(data(converted));
    try (Checkpoint checkpoint = Checkpoint.open(direct)) {
      assertThat(checkpoint.weights().header().fileBytes())
          .isEqualTo(Files.size(direct.resolve(WeightsFile.NAME)));
    }
  }

  private static byte[] data(Path folder) throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve(WeightsFile.NAME));
    try (WeightsFile file = WeightsFile.open(folder.resolve(WeightsFile.NAME))) {
      WeightsHeader header = file.header();
      return Arrays.copyOfRange(all, (int) header.dataStart(), all.length);
    }
  }

  @Test
  void aConversionThatWasCutOffGoesOn() throws IOException {
    Path whole = convert("whole", WeightFormat.INT8);
    Path target = own.resolve("cut");
    assertThatThrownBy(
            () ->
                Converter.convert(
                    source,
                    target,
                    WeightFormat.INT8,
                    (name, done, total) -> {
                      if (done > total / 2) {
                        throw new IllegalStateException("the power fails");
                      }
                    }))
        .hasMessage("the power fails");
    assertThat(target.resolve(WeightsFile.NAME)).doesNotExist();
    // One tensor that was noted is damaged since: it is written again.
    Path part = target.resolve(WeightsFile.NAME + ".part");
    byte[] bytes = Files.readAllBytes(part);
    int at;
    try (WeightsFile file = WeightsFile.open(whole.resolve(WeightsFile.NAME))) {
      at = (int) file.header().dataStart() + 10;
    }
    bytes[at] ^= 1;
    Files.write(part, bytes);

    Converter.Result result =
        Converter.convert(source, target, WeightFormat.INT8, ConversionProgress.NONE);

    assertThat(result.resumed()).isPositive();
    assertThat(target.resolve(WeightsFile.NAME))
        .hasSameBinaryContentAs(whole.resolve(WeightsFile.NAME));
    assertThat(target.resolve(WeightsFile.NAME + ".progress")).doesNotExist();
  }

  @Test
  void anotherFormatDoesNotGoOnFromWhatIsThere() throws IOException {
    Path target = own.resolve("changed");
    assertThatThrownBy(
            () ->
                Converter.convert(
                    source,
                    target,
                    WeightFormat.INT8,
                    (name, done, total) -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(
            Converter.convert(source, target, WeightFormat.INT4, ConversionProgress.NONE).resumed())
        .isZero();
    assertThat(target.resolve(WeightsFile.NAME))
        .hasSameBinaryContentAs(convert("fresh", WeightFormat.INT4).resolve(WeightsFile.NAME));
  }

  @Test
  void damageIsSaidInOneSentenceWithFileAndByte() throws IOException {
    Path file = convert("damaged", WeightFormat.INT8).resolve(WeightsFile.NAME);
    byte[] good = Files.readAllBytes(file);

    refused(
        file,
        "hello, this is some other file".getBytes(StandardCharsets.UTF_8),
        "byte 0: not a Moonflow weights");
    refused(file, new byte[3], "3 bytes are too few for a weights file");
    refused(file, with(good, 8, 2), "byte 8: version 2 of the format, and this build reads");
    refused(file, with(good, 15, 0x7f), "byte 12: header length");
    refused(file, with(good, 40, 'x'), "byte 24: the header is damaged, its checksum is");
    refused(
        file,
        Arrays.copyOf(good, good.length - 100),
        "ends at byte " + (good.length - 100) + ", and its header speaks of " + good.length);
    refused(
        file, with(good, good.length - 6, good[good.length - 6] ^ 1), "the checksums are damaged");

    Files.write(file, with(good, good.length - 5000, good[good.length - 5000] ^ 4));
    try (WeightsFile opened = WeightsFile.open(file)) {
      assertThatThrownBy(opened::verify)
          .isInstanceOf(CheckpointException.class)
          .hasMessageMatching(".*weights.moonflow: byte \\d+: tensor \\S+ is damaged, .*");
    }
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static void refused(Path file, byte[] content, String sentence) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> Checkpoint.open(file.getParent()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(sentence);
  }

  @Test
  void whatCannotBeConvertedIsRefused() throws IOException {
    Path target = convert("twice", WeightFormat.INT8);
    assertThatThrownBy(
            () -> Converter.convert(source, target, WeightFormat.INT8, ConversionProgress.NONE))
        .hasMessageContaining("is there already");
    assertThatThrownBy(
            () ->
                Converter.convert(
                    target, own.resolve("x"), WeightFormat.INT8, ConversionProgress.NONE))
        .hasMessageContaining("is converted already");
    try (Checkpoint checkpoint = Checkpoint.open(target)) {
      assertThatThrownBy(() -> checkpoint.floats("language_model.lm_head.weight", 1, 2))
          .hasMessageContaining("has shape");
      int vocab = checkpoint.config().text().vocabSize();
      assertThatThrownBy(() -> checkpoint.floats("language_model.lm_head.weight", vocab, 96))
          .hasMessageContaining("is packed as int8");
    }
  }

  private Path convert(String name, WeightFormat format) throws IOException {
    Path target = own.resolve(name);
    Converter.convert(source, target, format, ConversionProgress.NONE);
    return target;
  }
}
