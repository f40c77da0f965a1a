package dev.moonflow.model.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.kernels.math.WorkerPool;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.image.PreprocessorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VisionEncoderTest {
  private static final long SEED = 99L;

  private static Path checkpoint(String folder) {
    return Path.of(System.getProperty("moonflow.golden.dir")).resolve(folder);
  }

  private static VisionEncoder encoder(String folder) throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(checkpoint(folder))) {
      PreprocessorConfig images = PreprocessorConfig.read(checkpoint(folder));
      return new VisionEncoder(checkpoint, images, Kernels.open(DeviceChoice.CPU));
    }
  }

  /** Images of random even grids, up to 12 x 12 patches. */
  private static List<RgbImage> images(Random random, int count) {
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int width = 28 * (1 + random.nextInt(6));
      int height = 28 * (1 + random.nextInt(6));
      byte[] rgb = new byte[width * height * 3];
      random.nextBytes(rgb);
      images.add(new RgbImage(width, height, rgb));
    }
    return images;
  }

  @Test
  void anImageHasTheSameBitsAloneAndInAnyBatchInAnyOrder() throws IOException {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    VisionEncoder encoder = encoder("checkpoint");
    List<RgbImage> images = images(random, 7);
    List<float[]> alone = new ArrayList<>();
    for (RgbImage image : images) {
      alone.add(encoder.encode(List.of(image)).values());
    }
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6));
    for (int round = 0; round < 4; round++) {
      Collections.shuffle(order, random);
      List<Integer> batch = order.subList(0, 2 + random.nextInt(6));
      ImageFeatures features = encoder.encode(batch.stream().map(images::get).toList());
      assertThat(features.images()).isEqualTo(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        assertThat(features.of(i)).as("batch %s", batch).isEqualTo(alone.get(batch.get(i)));
      }
    }
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() throws IOException {
    VisionEncoder encoder = encoder("checkpoint");
    List<RgbImage> images = images(new Random(SEED), 3);
    int threads = WorkerPool.shared().threads();
    try {
      WorkerPool.setThreads(1);
      float[] one = encoder.encode(images).values();
      WorkerPool.setThreads(4);
      assertThat(encoder.encode(images).values()).isEqualTo(one);
    } finally {
      WorkerPool.setThreads(threads);
    }
  }

  @Test
  void aProbeChangesNothing() throws IOException {
    VisionEncoder encoder = encoder("checkpoint");
    List<RgbImage> images = images(new Random(SEED), 2);
    List<String> stages = new ArrayList<>();
    float[] watched = encoder.encode(images, (name, values, shape) -> stages.add(name)).values();
    assertThat(watched).isEqualTo(encoder.encode(images).values());
    assertThat(stages)
        .startsWith("patch_linear", "pos_emb", "embedded", "block.0")
        .endsWith("final_layernorm", "merged", "projector_pre_norm", "projector");
  }

  @Test
  void weightsInBf16AndInShardsAreReadToo() throws IOException {
    List<RgbImage> images = images(new Random(SEED), 1);
    float[] wide = encoder("checkpoint").encode(images).values();
    float[] narrow = encoder("checkpoint_bf16_sharded").encode(images).values();
    assertThat(narrow).hasSameSizeAs(wide).isNotEqualTo(wide);
    for (int i = 0; i < wide.length; i++) {
      assertThat(narrow[i]).isCloseTo(wide[i], Offset.offset(0.1f));
    }
  }

  @Test
  void imagesThatTheMergerCannotTakeAreRefused() throws IOException {
    VisionEncoder encoder = encoder("checkpoint");
    RgbImage odd = new RgbImage(42, 28, new byte[42 * 28 * 3]);
    RgbImage ragged = new RgbImage(30, 28, new byte[30 * 28 * 3]);
    assertThatThrownBy(() -> encoder.encode(List.of(odd))).hasMessageContaining("2 x 3 patches");
    assertThatThrownBy(() -> encoder.encode(List.of(ragged))).hasMessageContaining("30");
    assertThatThrownBy(() -> encoder.encode(List.of())).hasMessageContaining("no image");
  }

  @Test
  void imageSettingsThatDisagreeWithTheModelAreRefused() throws IOException {
    float[] half = {0.5f, 0.5f, 0.5f};
    PreprocessorConfig other = new PreprocessorConfig(16, 64, true, half, half, 2, 2, 1024);
    try (Checkpoint checkpoint = Checkpoint.open(checkpoint("checkpoint"))) {
      assertThatThrownBy(() -> new VisionEncoder(checkpoint, other, Kernels.open(DeviceChoice.CPU)))
          .hasMessageContaining("patch_size is 16");
    }
  }
}
