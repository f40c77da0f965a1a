package dev.moonflow.training.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.schemas.TrainingSample;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleCodecTest {

  @Test
  void examplesComeBackEqualAndEqualExamplesAreEqualBytes() {
    for (Sample sample : SampleMaker.make(100, 200)) {
      byte[] bytes = SampleCodec.encode(sample);
      assertThat(SampleCodec.decode(bytes)).isEqualTo(sample);
      assertThat(SampleCodec.encode(SampleCodec.decode(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void bytesCutShortAreRefused() {
    byte[] bytes = SampleCodec.encode(SampleMaker.make(3));
    for (int length = 0; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SampleCodec.decode(cut)).isInstanceOf(SampleException.class);
    }
  }

  @Test
  void wrongFieldsAreNamed() {
    assertThatThrownBy(() -> SampleCodec.fromAvro(with(r -> r.setCategory("poem"))))
        .hasMessage("example sample-1: category cannot be \"poem\"");
    assertThatThrownBy(() -> SampleCodec.fromAvro(with(r -> r.setParts(List.of()))))
        .hasMessage("example sample-1 has no parts");
    assertThatThrownBy(
            () -> SampleCodec.fromAvro(with(r -> r.getParts().get(0).setRole("narrator"))))
        .hasMessage("example sample-1: parts[0].role cannot be \"narrator\"");
    assertThatThrownBy(
            () ->
                SampleCodec.fromAvro(
                    with(
                        r -> {
                          r.getParts().get(0).setText(null);
                          r.getParts().get(0).setImage(null);
                        })))
        .hasMessage("example sample-1: parts[0] must have either text or an image");
  }

  private static TrainingSample with(java.util.function.Consumer<TrainingSample> change) {
    TrainingSample record = SampleCodec.toAvro(SampleMaker.make(1));
    change.accept(record);
    return record;
  }
}
