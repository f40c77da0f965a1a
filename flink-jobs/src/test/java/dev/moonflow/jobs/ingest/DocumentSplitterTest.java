package dev.moonflow.jobs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.claimcheck.ClaimCheckWriter;
import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.connectors.pieces.RecordSplitter;
import dev.moonflow.schemas.Payload;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A document of five pages, the third of which cannot be rendered. */
class DocumentSplitterTest {
  private static final int BROKEN = 3;
  private static final int PAGES = 5;

  private static Documents documents;
  private static byte[] pdf;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    documents = new Documents();
    pdf = Documents.pdf(100, 120, 16_000, 80, 110);
  }

  @AfterAll
  static void stop() {
    documents.close();
  }

  private static Payload inline() {
    return Payload.newBuilder().setInline(ByteBuffer.wrap(pdf)).build();
  }

  /** The bytes that values have in state, so that they can be compared. */
  private static List<String> stored(List<List<DocumentPart>> parts) throws Exception {
    List<String> all = new ArrayList<>();
    for (List<DocumentPart> part : parts) {
      for (DocumentPart value : part) {
        DataOutputSerializer out = new DataOutputSerializer(64);
        DocumentPartSerializer.INSTANCE.serialize(value, out);
        byte[] bytes = out.getCopyOfBuffer();
        DocumentPart again =
            DocumentPartSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
        assertThat(again.getClass()).isEqualTo(value.getClass());
        // A stack trace tells who called.
        all.add(
            value instanceof DocumentPart.Letter letter
                ? reason(letter.record())
                : HexFormat.of().formatHex(bytes));
      }
    }
    return all;
  }

  private static String reason(OutputRecord letter) {
    return header(letter, ErrorHeaders.STAGE)
        + ", page "
        + RecordHeader.last(letter.headers(), ErrorHeaders.PAGE)
            .map(RecordHeader::text)
            .orElse("none")
        + ": "
        + header(letter, ErrorHeaders.MESSAGE);
  }

  private static String header(OutputRecord letter, String name) {
    return RecordHeader.last(letter.headers(), name).orElseThrow().text();
  }

  @Test
  void eachPageIsAPartAndABrokenOneDoesNotFailItsDocument() throws Exception {
    RawRecord record = documents.record(inline(), 72);
    try (RecordSplitter<DocumentPart> splitter = documents.splitter()) {
      List<List<DocumentPart>> parts = Documents.parts(splitter, record, 0, 0);
      assertThat(parts).hasSize(PAGES);
      for (int page = 1; page <= PAGES; page++) {
        List<DocumentPart> part = parts.get(page - 1);
        assertThat(part).hasSize(page == BROKEN ? 2 : 1);
        Subject subject = request(part.get(part.size() - 1)).subject();
        assertThat(subject.kind())
            .isEqualTo(page == BROKEN ? RequestKind.FAILED_PAGE : RequestKind.PAGE);
        assertThat(subject.page()).isEqualTo(page);
        assertThat(subject.pageCount()).isEqualTo(PAGES);
      }
      OutputRecord letter = ((DocumentPart.Letter) parts.get(BROKEN - 1).get(0)).record();
      assertThat(reason(letter)).startsWith("ingest.render-page, page 3: page 3 of the PDF");
      assertThat(letter.value()).isEqualTo(record.value());
    }
  }

  private static PerceptionRequest request(DocumentPart part) {
    return ((DocumentPart.Request) part).request();
  }

  @Test
  void openedBehindAnyPageItGoesOnWithTheSameBytes() throws Exception {
    RawRecord record = documents.record(inline(), 72);
    for (String regions : List.of("page", "lines")) {
      try (RecordSplitter<DocumentPart> splitter =
          documents.splitter("moonflow.document.regions", regions)) {
        List<List<DocumentPart>> whole = Documents.parts(splitter, record, 0, 0);
        for (int taken = 1; taken <= PAGES; taken++) {
          List<List<DocumentPart>> rest = Documents.parts(splitter, record, taken, PAGES);
          assertThat(stored(rest)).isEqualTo(stored(whole.subList(taken, PAGES)));
        }
      }
    }
  }

  @Test
  void whatCannotBeOpenedIsOneDeadLetter() throws Exception {
    RawRecord good = documents.record(inline(), 72);
    RawRecord text =
        new RawRecord("documents", 0, 8, 5, null, "no Avro".getBytes(UTF_8), List.of());
    byte[] cut = java.util.Arrays.copyOf(pdf, pdf.length / 2);
    Payload half = Payload.newBuilder().setInline(ByteBuffer.wrap(cut)).build();
    try (RecordSplitter<DocumentPart> splitter = documents.splitter();
        RecordSplitter<DocumentPart> few =
            documents.splitter("moonflow.limit.document-pages", "4")) {
      assertThat(onlyReason(splitter, text)).startsWith("ingest.decode-record, page none: ");
      assertThat(onlyReason(splitter, documents.record(half, 72)))
          .startsWith("ingest.check-media, page none: the PDF ends at byte " + cut.length);
      assertThat(onlyReason(splitter, documents.record(inline(), 7)))
          .startsWith("ingest.check-event, page none: Field dpi ");
      assertThat(onlyReason(few, good)).startsWith("ingest.check-media, page none: ");
    }
  }

  private static String onlyReason(RecordSplitter<DocumentPart> splitter, RawRecord record)
      throws Exception {
    List<List<DocumentPart>> parts = Documents.parts(splitter, record, 0, 0);
    assertThat(parts).hasSize(1);
    assertThat(parts.get(0)).hasSize(1);
    return reason(((DocumentPart.Letter) parts.get(0).get(0)).record());
  }

  @Test
  void aDocumentThatIsGoneAfterARestartFailsThePagesThatAreLeft() throws Exception {
    Payload claimed =
        Payload.newBuilder()
            .setClaimCheck(new ClaimCheckWriter(folder.toUri(), 0).write(pdf))
            .build();
    RawRecord record = documents.record(claimed, 72);
    try (RecordSplitter<DocumentPart> splitter =
        documents.splitter(
            "moonflow.claim-check.allowed-prefixes",
            folder.toUri().toString(),
            "moonflow.registry.retry-backoff",
            "1ms")) {
      assertThat(Documents.parts(splitter, record, 4, PAGES)).hasSize(1);
      Files.delete(Path.of(java.net.URI.create(claimed.getClaimCheck().getUri())));
      List<List<DocumentPart>> rest = Documents.parts(splitter, record, 2, PAGES);
      assertThat(rest).hasSize(3);
      assertThat(reason(((DocumentPart.Letter) rest.get(0).get(0)).record()))
          .startsWith("ingest.fetch-payload, page none: ");
      for (int i = 0; i < rest.size(); i++) {
        Subject subject = request(rest.get(i).get(i == 0 ? 1 : 0)).subject();
        assertThat(subject.kind()).isEqualTo(RequestKind.FAILED_PAGE);
        assertThat(subject.page()).isEqualTo(3 + i);
        assertThat(subject.pageCount()).isEqualTo(PAGES);
      }
    }
  }
}
