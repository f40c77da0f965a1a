package dev.moonflow.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.DType;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of awkward shapes against the plain twin. */
class LanguageTwinTest {
  private static final long SEED = 20261122L;
  private static final int TOKENS = 70;

  @TempDir private Path folder;

  private void compare(TextConfig text, DType dtype) throws IOException {
    VisionConfig vision = new VisionConfig(16, 1, 2, 16, 14, 4, 4, 2);
    SyntheticCheckpoint.write(folder, new SyntheticSpec(vision, text, 10, dtype, 64, SEED));
    try (Checkpoint checkpoint = Checkpoint.open(folder);
        Kernels kernels = Kernels.open(DeviceChoice.CPU)) {
      LanguageModel model = LanguageModel.read(checkpoint, kernels);
      float[] embeddings = TinyModel.prompt(model, SEED, TOKENS);
      float[] want = new LanguageReference(checkpoint).forward(embeddings, TOKENS);
      assertThat(TinyModel.whole(model, embeddings))
          .as("seed " + SEED)
          .containsExactly(want, within(2e-4f));
    }
  }

  @Test
  void threeGroupsOfExpertsOneSharedAndNoDenseLayer() throws IOException {
    compare(
        new TextConfig(
            0, 56, 2, 3, 20, 10, 6, 14, 70, 22, 12, 5, 1, 3, 2, true, 2.5f, 10_000.0, 1e-6f, 0,
            1024, false),
        DType.F32);
  }

  @Test
  void oneExpertPerTokenIsNotNormalised() throws IOException {
    compare(
        new TextConfig(
            0, 130, 3, 5, 33, 7, 2, 9, 31, 17, 9, 1, 3, 3, 1, true, 1.5f, 50_000.0, 1e-5f, 2, 1024,
            false),
        DType.BF16);
  }

  @Test
  void weightsThatAreNotNormalisedAndManyHeads() throws IOException {
    compare(
        new TextConfig(
            0, 48, 2, 17, 8, 4, 4, 3, 40, 8, 6, 3, 2, 1, 1, false, 1.0f, 800_000.0, 1e-5f, 1, 1024,
            false),
        DType.BF16);
  }

  @Test
  void aModelWithoutExpertsWhoseHeadIsItsEmbedding() throws IOException {
    compare(
        new TextConfig(
            0, 32, 2, 2, 16, 8, 4, 8, 64, 8, 4, 2, 1, 1, 1, true, 2.446f, 800_000.0, 1e-5f, 2, 1024,
            true),
        DType.F32);
  }
}
