package dev.moonflow.jobs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.pieces.RecordSplitter;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.connectors.registry.ResultWriter;
import dev.moonflow.connectors.registry.SchemaRegistration;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.DocumentEvent;
import dev.moonflow.schemas.Payload;
import dev.moonflow.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Document events under a registry of their own, and what takes them apart. */
public final class Documents implements AutoCloseable {
  private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  private final ResultWriter<DocumentEvent> writer;

  public Documents() throws Exception {
    SchemaRegistration.registerAll(
        registrySettings(),
        Topics.avro().stream().collect(Collectors.toMap(Topics::defaultName, Topics::schema)));
    writer =
        new ResultWriter<>(registrySettings(), Topics.DOCUMENTS.defaultName(), DocumentEvent.class);
  }

  public RegistrySettings registrySettings() {
    return RegistrySettings.of(registry.url());
  }

  /** The record of a document, from the offset 7. */
  public RawRecord record(Payload document, int dpi) throws Exception {
    DocumentEvent event =
        DocumentEvent.newBuilder()
            .setId("report")
            .setSourceId("desk")
            .setEventTime(Instant.EPOCH)
            .setDocument(document)
            .setDpi(dpi)
            .build();
    return new RawRecord(
        "documents", 0, 7, 5, "desk".getBytes(UTF_8), writer.write(event), List.of());
  }

  /** A splitter under settings, pairs of name and value. */
  public RecordSplitter<DocumentPart> splitter(String... settings) {
    Map<String, String> values = new HashMap<>();
    values.put("moonflow.registry.url", registry.url());
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    return DocumentSplitter.factory(
            IngestSettings.of(Settings.of(values)), new IngestFunction.To("letters", "job"))
        .create(3);
  }

  /** A PDF whose pages are squares of these sides in points, each with its number on it. */
  public static byte[] pdf(int... sides) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDType1Font font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
      for (int i = 0; i < sides.length; i++) {
        PDPage page = new PDPage(new PDRectangle(sides[i], sides[i]));
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(font, 20);
          content.newLineAtOffset(10, 30);
          content.showText("page " + (i + 1));
          content.endText();
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  /** The values of each part that is left. */
  static List<List<DocumentPart>> parts(
      RecordSplitter<DocumentPart> splitter, RawRecord record, int taken, int count)
      throws Exception {
    List<List<DocumentPart>> all = new ArrayList<>();
    try (RecordSplitter.Parts<DocumentPart> parts = splitter.open(record, taken, count)) {
      while (taken + all.size() < parts.count()) {
        all.add(parts.next());
      }
    }
    return all;
  }

  @Override
  public void close() {
    writer.close();
    registry.close();
  }
}
