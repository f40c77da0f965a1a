package dev.moonflow.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.model.layout.Box;
import dev.moonflow.model.layout.TextLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.junit.jupiter.api.Test;

class PerceptionRequestSerializerTest {
  private static final byte[] VALUE = {9, 8, 7, 6, 5, 4, 3};

  private static PerceptionRequest request(byte[] image) {
    RawRecord source =
        new RawRecord(
            "frames", 3, 44, 55, new byte[] {1}, VALUE, List.of(RecordHeader.of("ce_id", "é")));
    return new PerceptionRequest(
        Subject.of("camera", "e-1", RequestKind.FRAME, 66, Map.of("b", "2", "a", "1")).frame(77),
        source,
        List.of(PromptMessage.about(EncodedImage.within(VALUE, image), "was ist das?")),
        new SamplingParameters(0.5f, 0.25f, -88, true),
        99);
  }

  private static byte[] write(PerceptionRequest request) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PerceptionRequestSerializer.INSTANCE.serialize(request, new DataOutputViewStreamWrapper(bytes));
    return bytes.toByteArray();
  }

  private static PerceptionRequest read(byte[] bytes) throws IOException {
    return PerceptionRequestSerializer.INSTANCE.deserialize(
        new DataInputViewStreamWrapper(new ByteArrayInputStream(bytes)));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    PerceptionRequest inline = request(new byte[] {7, 6, 5});
    PerceptionRequest claimed = request(new byte[] {42, 42});
    assertThat(read(write(inline))).isEqualTo(inline);
    assertThat(read(write(claimed))).isEqualTo(claimed);
    assertThat(inline.bytes()).isEqualTo(7);
    assertThat(claimed.bytes()).isEqualTo(9);
    assertThat(read(write(inline)).bytes()).isEqualTo(7);
  }

  @Test
  void theBytesAreAsThePackageSpecifiesThem() throws IOException {
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(write(request(new byte[] {7, 6}))));
    assertThat(in.readByte()).isEqualTo((byte) 4);
    assertThat(in.readByte()).isEqualTo((byte) 5);
    assertThat(text(in)).isEqualTo("camera");
    assertThat(text(in)).isEqualTo("e-1");
    assertThat(in.readLong()).isEqualTo(66);
    assertThat(in.readLong()).isEqualTo(77);
    assertThat(in.readInt()).isEqualTo(-1);
    assertThat(in.readInt()).isEqualTo(-1);
    assertThat(in.readInt()).isEqualTo(2);
    assertThat(List.of(text(in), text(in), text(in), text(in))).containsExactly("a", "1", "b", "2");
    assertThat(text(in)).isEqualTo("frames");
    assertThat(in.readInt()).isEqualTo(3);
    assertThat(in.readLong()).isEqualTo(44);
    assertThat(in.readLong()).isEqualTo(55);
    in.skipNBytes(4 + 1 + 4 + VALUE.length);
    assertThat(in.readInt()).isEqualTo(1);
    assertThat(List.of(text(in), text(in))).containsExactly("ce_id", "é");
    assertThat(in.readInt()).isEqualTo(1);
    assertThat(text(in)).isEqualTo("user");
    assertThat(in.readInt()).isEqualTo(2);
    assertThat(in.readByte()).isEqualTo((byte) 3);
    assertThat(in.readInt()).isEqualTo(2);
    assertThat(in.readInt()).isEqualTo(2);
    assertThat(in.readByte()).isEqualTo((byte) 1);
    assertThat(text(in)).isEqualTo("was ist das?");
    assertThat(in.readFloat()).isEqualTo(0.5f);
    assertThat(in.readFloat()).isEqualTo(0.25f);
    assertThat(in.readLong()).isEqualTo(-88);
    assertThat(in.readBoolean()).isTrue();
    assertThat(in.readInt()).isEqualTo(99);
    assertThat(in.readByte()).isZero();
    assertThat(in.readInt()).isEqualTo(-1);
    assertThat(in.readByte()).isZero();
    assertThat(in.readByte()).isZero();
    assertThat(in.available()).isZero();
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
  }

  /**
   * Version 1 ended with the token limit, version 2 with the constraint, version 3 with the part.
   */
  @Test
  void stateOfEarlierReleasesIsRead() throws IOException {
    PerceptionRequest request = request(new byte[] {7, 6});
    byte[] written = write(request);
    byte[] third = Arrays.copyOf(written, written.length - 1);
    third[0] = 3;
    assertThat(read(third)).isEqualTo(request);
    byte[] second = Arrays.copyOf(written, written.length - 6);
    second[0] = 2;
    assertThat(read(second)).isEqualTo(request);
    byte[] first = Arrays.copyOf(written, written.length - 7);
    first[0] = 1;
    assertThat(read(first)).isEqualTo(request);
  }

  @Test
  void linesAndSheetsAreKept() throws IOException {
    PerceptionRequest plain = request(new byte[] {7, 6});
    TextLine line = new TextLine(new Box(1, 2, 3, 4), new Box(5, 6, 7, 8), 9, 10, 11, 12, 13);
    PageSheet sheet = new PageSheet(100, 200, 3, -1.5, true, "own", true, List.of(line, line));
    Subject page = plain.subject().page(RequestKind.SHEET, 2, 3);
    for (Subject subject : List.of(page.with(Subject.NONE, sheet), page.with(4, null))) {
      PerceptionRequest request =
          new PerceptionRequest(subject, plain.source(), List.of(), plain.sampling(), 5);
      assertThat(read(write(request))).isEqualTo(request);
    }
  }

  @Test
  void windowsAndTheCaptionsTheyTellOfAreKept() throws IOException {
    PerceptionRequest plain = request(new byte[] {7, 6});
    PerceptionRequest request =
        new PerceptionRequest(
            plain.subject().with(new FrameWindow(-5_000, 5_000, 9, 2, 1)),
            plain.source(),
            List.of(new PromptMessage("user", List.of(new PromptPart.Earlier("{caption}!", 3)))),
            plain.sampling(),
            5);
    assertThat(read(write(request))).isEqualTo(request);
  }

  @Test
  void constraintsAndReferencesAreKept() throws IOException {
    PerceptionRequest plain = request(new byte[] {7, 6});
    for (Constraint constraint :
        List.of(
            new Constraint.Choices(List.of("yes", "né")),
            new Constraint.Regex("a+"),
            new Constraint.Numeric("integer 0..9"),
            new Constraint.JsonSchema("{}"))) {
      PerceptionRequest request =
          new PerceptionRequest(
              plain.subject(),
              plain.source(),
              List.of(
                  new PromptMessage(
                      "user",
                      List.of(new PromptPart.Seen("doc", 3), new PromptPart.Seen("x", -1)))),
              plain.sampling(),
              5,
              constraint);
      assertThat(read(write(request))).isEqualTo(request);
    }
  }

  @Test
  void stateOfANewerReleaseIsRefused() throws IOException {
    byte[] bytes = write(request(new byte[] {7}));
    bytes[0] = 5;
    assertThatThrownBy(() -> read(bytes))
        .hasMessage("a perception request in state has version 5; this release reads 1 to 4");
  }
}
