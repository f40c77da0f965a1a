package dev.moonflow.jobs.fuzz;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.VideoFrames;
import dev.moonflow.connectors.media.VideoWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** PDFs and videos. */
final class DocumentTargets {
  private static final int DPI = 36;
  private static final int FRAMES_MAX = 64;
  private static final int VIDEO_SIDE = 32;

  /** A page, what PDFBox unpacks and what its fonts and caches take the first time. */
  private static final FuzzTarget.Allocation PDF_ALLOCATION =
      new FuzzTarget.Allocation(160L << 20, 512);

  /** Frames as pixels; what the decoder takes of its own memory is not seen from here. */
  private static final FuzzTarget.Allocation VIDEO_ALLOCATION =
      new FuzzTarget.Allocation((32L << 20) + FRAMES_MAX * 250_000L * 12, 64);

  private DocumentTargets() {}

  static FuzzTarget pdf() throws IOException {
    return new FuzzTarget(
        "pdf",
        List.of(written(true), written(false)),
        FuzzTargets.words(
            "/Length 999999999",
            "/Length -1",
            "/W [1 4 8]",
            "/Size 2147483647",
            "/Kids [1 0 R]",
            "/Parent 3 0 R",
            "/MediaBox [0 0 1e9 1e9]",
            "/MediaBox [0 0 0 0]",
            "/Count 99999999",
            "/Filter /FlateDecode",
            "/Filter /LZWDecode",
            "/Filter [/FlateDecode /FlateDecode]",
            "/Predictor 12 /Columns 2147483647",
            "obj",
            "endobj",
            "stream\n",
            "endstream",
            "xref",
            "trailer",
            "startxref",
            "%%EOF",
            "1 0 R",
            "<<",
            ">>",
            "/Encrypt 1 0 R",
            "BI",
            "ID",
            "EI",
            "q ",
            "Do",
            "/Im1 Do"),
        true,
        UnaryOperator.identity(),
        Set.of(MediaRejectedException.class),
        PDF_ALLOCATION,
        DocumentTargets::parsePdf);
  }

  static void parsePdf(byte[] bytes) throws MediaRejectedException {
    try (DocumentReader document = DocumentReader.open(bytes, ImageTargets.LIMITS)) {
      for (int page = 0; page < document.pageCount(); page++) {
        document.renderPage(page, DPI);
        document.text(page);
      }
    }
  }

  /** Two pages: lines, and an image. */
  static byte[] written(boolean packed) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage drawn = new PDPage(new PDRectangle(90, 60));
      document.addPage(drawn);
      try (PDPageContentStream content = new PDPageContentStream(document, drawn)) {
        content.setLineWidth(2);
        content.moveTo(5, 5);
        content.lineTo(80, 50);
        content.stroke();
        content.addRect(10, 10, 20, 30);
        content.fill();
      }
      PDPage shown = new PDPage(new PDRectangle(70, 70));
      document.addPage(shown);
      try (PDPageContentStream content = new PDPageContentStream(document, shown)) {
        var image = LosslessFactory.createFromImage(document, ImageTargets.colour());
        content.drawImage(image, 5, 5, 50, 50);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(
          out, packed ? CompressParameters.DEFAULT_COMPRESSION : CompressParameters.NO_COMPRESSION);
      return out.toByteArray();
    }
  }

  static FuzzTarget video(Path folder) throws IOException {
    Path file = folder.resolve("fuzzed.mp4");
    try (VideoWriter writer = VideoWriter.open(file, VIDEO_SIDE, VIDEO_SIDE, 4)) {
      for (int frame = 0; frame < 6; frame++) {
        byte[] rgb = new byte[VIDEO_SIDE * VIDEO_SIDE * 3];
        for (int i = 0; i < rgb.length; i++) {
          rgb[i] = (byte) (i * (frame + 3) / 5);
        }
        writer.write(new DecodedImage(VIDEO_SIDE, VIDEO_SIDE, rgb));
      }
    }
    return new FuzzTarget(
        "video",
        List.of(Files.readAllBytes(file)),
        FuzzTargets.words(
            "ftyp",
            "moov",
            "mvhd",
            "trak",
            "mdia",
            "minf",
            "stbl",
            "stsd",
            "stsz",
            "stco",
            "stts",
            "mdat",
            "mp4v",
            "avc1",
            "#EXTM3U\n/etc/passwd\n",
            "ffconcat version 1.0\n"),
        false,
        UnaryOperator.identity(),
        Set.of(MediaRejectedException.class),
        VIDEO_ALLOCATION,
        bytes -> {
          Files.write(file, bytes);
          try (VideoFrames frames = VideoFrames.open(file, 0, ImageTargets.LIMITS)) {
            int left = FRAMES_MAX;
            while (left-- > 0 && frames.next().isPresent()) {
              frames.flaw();
            }
            frames.flaw();
          }
        });
  }
}
