package dev.moonflow.training.batch;

import static dev.moonflow.training.batch.BatchFixture.image;
import static dev.moonflow.training.batch.BatchFixture.sample;
import static dev.moonflow.training.batch.BatchFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.training.network.ImagePatches;
import dev.moonflow.training.network.PackedBatch;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchPackerTest {
  @TempDir static Path folder;
  static BatchFixture fixture;

  @BeforeAll
  static void write() throws IOException {
    fixture = new BatchFixture(folder);
  }

  private static PackedBatch pack(boolean join, int context, Example... examples) {
    PackingSettings settings = new PackingSettings(context, 10_000, 10_000, false, join);
    return new BatchPacker(settings, fixture.images).pack(List.of(examples)).packed();
  }

  private static Example document(String text) throws RefusedExampleException {
    return fixture.encoder.encode(sample("d", text(Role.NONE, text)));
  }

  private static Example conversation() throws RefusedExampleException {
    return fixture.encoder.encode(
        sample("c", text(Role.USER, "Why?"), text(Role.ASSISTANT, "Because.")));
  }

  @Test
  void separateExamplesHaveSegmentsAndPositionsOfTheirOwn() throws RefusedExampleException {
    Example a = document("The image shows a page.");
    Example b = document("A red car.");
    PackedBatch batch = pack(false, 100, a, b);
    assertThat(batch.segmentStarts()).containsExactly(0, a.length(), a.length() + b.length());
    assertThat(batch.positions()[a.length()]).isZero();
    assertThat(batch.positions()[a.length() + 1]).isEqualTo(1);
    assertThat(batch.targetWeights()[0]).isZero();
    assertThat(batch.targetWeights()[a.length()]).isZero();
    assertThat(batch.weight()).isEqualTo(a.length() + b.length() - 2);
  }

  @Test
  void joinedDocumentsShareASegmentUpToTheContext() throws RefusedExampleException {
    Example a = document("The image shows a page.");
    PackedBatch batch = pack(true, 2 * a.length(), a, a, a);
    assertThat(batch.segmentStarts()).containsExactly(0, 2 * a.length(), 3 * a.length());
    assertThat(batch.positions()[a.length()]).isEqualTo(a.length());
    // The first token of the second document is predicted from the [EOS] before it.
    assertThat(batch.targetWeights()[a.length()]).isEqualTo(1f);
    assertThat(batch.weight()).isEqualTo(3 * a.length() - 2);
  }

  @Test
  void conversationsAreNeverJoined() throws RefusedExampleException {
    Example a = document("A page.");
    Example c = conversation();
    int n = a.length();
    int m = c.length();
    assertThat(pack(true, 1000, a, c, c, a, a).segmentStarts())
        .containsExactly(0, n, n + m, n + 2 * m, 3 * n + 2 * m);
  }

  @Test
  void patchesAreThoseOfInference() throws Exception {
    Example example =
        fixture.encoder.encode(sample("i", image(Role.NONE, 45, 30), text(Role.NONE, "It.")));
    ImagePatches patches = pack(false, 100, example).images().get(0);
    var pixels = BatchFixture.pixels(45, 30, 3);
    RgbImage seen =
        new ImageProcessor(fixture.preprocessor)
            .process(new RgbImage(45, 30, pixels.rgb()))
            .pixels();
    assertThat(patches.rows()).isEqualTo(seen.height() / 14);
    assertThat(patches.cols()).isEqualTo(seen.width() / 14);
    // Patch 1, green, row 2, column 3 of the patch.
    int value = seen.rgb()[3 * (2 * seen.width() + 14 + 3) + 1] & 0xff;
    assertThat(patches.values()[3 * 196 + 196 + 2 * 14 + 3])
        .isEqualTo((value / 255f - 0.5f) / 0.5f);
    long pads = Arrays.stream(example.tokens()).filter(t -> t == fixture.mediaTokenId).count();
    assertThat(patches.mediaTokens()).isEqualTo((int) pads);
  }

  @Test
  void damagedImageStopsWithTheSamplesName() throws RefusedExampleException {
    byte[] png = PngEncoder.encode(BatchFixture.pixels(56, 56, 1));
    Part.Image cut = new Part.Image(Role.NONE, Arrays.copyOf(png, png.length / 2), 56, 56);
    Example example = fixture.encoder.encode(sample("cut", cut, text(Role.NONE, "It.")));
    assertThatThrownBy(() -> pack(false, 100, example))
        .isInstanceOf(SampleException.class)
        .hasMessageContaining("an image of sample cut cannot be used: the PNG ends at byte");
  }
}
