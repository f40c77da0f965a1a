package dev.moonflow.jobs.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.jobs.cli.CommandRun;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.schemas.ClaimCheck;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.QuestionEvent;
import dev.moonflow.schemas.Topics;
import dev.moonflow.schemas.VideoFrameEvent;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventBuilderTest {
  private static final Path SAMPLES = CommandRun.root().resolve("samples");
  private static final PublishRequest PLAIN = PublishRequest.plain("run");

  @TempDir Path folder;

  @Test
  void anImageIsDescribedUnlessOtherwiseAsked() throws Exception {
    ImageEvent caption = (ImageEvent) one(PLAIN, SAMPLES.resolve("landscape.jpg")).value();
    ImageEvent ocr =
        (ImageEvent) one(PLAIN.withTask("ocr"), SAMPLES.resolve("landscape.jpg")).value();
    assertThat(caption.getTask()).isEqualTo("caption");
    assertThat(ocr.getTask()).isEqualTo("ocr");
    assertThat(ocr.getId()).isEqualTo("landscape.jpg-ocr@run").isNotEqualTo(caption.getId());
    assertThat(ocr.getImage().getMediaType()).isEqualTo("image/jpeg");
    assertThat(ocr.getImage().getInline().remaining())
        .isEqualTo((int) Files.size(SAMPLES.resolve("landscape.jpg")));
  }

  @Test
  void aPhotographedPageIsADocument() throws Exception {
    OutgoingEvent event = one(PLAIN.withTask("page"), SAMPLES.resolve("receipt.png"));
    assertThat(((DocumentEvent) event.value()).getDocument().getInline().remaining()).isPositive();
    assertThat(event.topic()).isEqualTo(Topics.DOCUMENTS);
  }

  @Test
  void aQuestionHoldsTheImageAndThenTheText() throws Exception {
    OutgoingEvent event = one(PLAIN.asking("What is it?"), SAMPLES.resolve("receipt.png"));
    QuestionEvent question = (QuestionEvent) event.value();
    assertThat(event.topic()).isEqualTo(Topics.QUESTIONS);
    assertThat(event.key()).isEqualTo("receipt.png");
    assertThat(question.getMessages()).hasSize(1);
    assertThat(question.getMessages().get(0).getParts())
        .satisfiesExactly(
            image -> assertThat(image.getImage()).isNotNull(),
            text -> assertThat(text.getText()).isEqualTo("What is it?"));
  }

  @Test
  void aVideoBecomesAFrameForEachHalfSecond() throws Exception {
    List<OutgoingEvent> events = build(PLAIN.withFramesPerSecond(2), SAMPLES.resolve("ball.mp4"));
    assertThat(events).hasSize(6);
    assertThat(events)
        .extracting(e -> ((VideoFrameEvent) e.value()).getFrameIndex())
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(events).extracting(OutgoingEvent::key).containsOnly("ball.mp4");
    assertThat(events).extracting(OutgoingEvent::id).doesNotHaveDuplicates();
    List<Long> times =
        events.stream()
            .map(e -> ((VideoFrameEvent) e.value()).getEventTime().toEpochMilli())
            .toList();
    assertThat(times).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aTiffIsADocumentUnlessItsPictureIsAskedFor() throws Exception {
    Path tiff = folder.resolve("scan.tif");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "tiff", tiff.toFile());
    assertThat(one(PLAIN, tiff).value()).isInstanceOf(DocumentEvent.class);
    assertThat(one(PLAIN.withTask("caption"), tiff).value()).isInstanceOf(ImageEvent.class);
    assertThat(one(PLAIN.asking("Why?"), tiff).value()).isInstanceOf(QuestionEvent.class);
  }

  @Test
  void aQuestionAboutAPdfIsRefused() {
    Path pdf = SAMPLES.resolve("harbour-report.pdf");
    assertThatThrownBy(() -> one(PLAIN.asking("Why?"), pdf))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("harbour-report.pdf is not an image");
  }

  @Test
  void aLargeFileIsRefusedUntilThereIsAFolderForIt() throws Exception {
    Path file = SAMPLES.resolve("landscape.jpg");
    assertThatThrownBy(() -> one(limited(null), file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("landscape.jpg has 67.4 KB, more than goes inline (1000 bytes)")
        .hasMessageContaining("--claim-check");
    Payload payload = ((ImageEvent) one(limited(folder.toUri()), file).value()).getImage();
    assertThat(payload.getInline()).isNull();
    ClaimCheck claim = payload.getClaimCheck();
    assertThat(claim.getSizeBytes()).isEqualTo(Files.size(file));
    assertThat(Path.of(URI.create(claim.getUri()))).hasSameBinaryContentAs(file);
  }

  private static PublishRequest limited(URI claimCheckFolder) {
    return new PublishRequest(null, null, null, null, 1, null, null, 1000, claimCheckFolder, "run");
  }

  private static OutgoingEvent one(PublishRequest request, Path file) throws Exception {
    List<OutgoingEvent> events = build(request, file);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static List<OutgoingEvent> build(PublishRequest request, Path file) throws Exception {
    List<OutgoingEvent> events = new ArrayList<>();
    new EventBuilder(request).build(FileScan.of(List.of(file)).files().get(0), events::add);
    return events;
  }
}
