package dev.moonflow.connectors.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** PDFs for tests, good and bad. */
public final class TestPdfs {
  private TestPdfs() {}

  /** Pages of 200 x 100 points, each with a black bar whose width tells the page's number. */
  public static byte[] bars(int pages) throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (int page = 1; page <= pages; page++) {
        barPage(document, page);
      }
      return bytes(document);
    }
  }

  private static void barPage(PDDocument document, int page) throws IOException {
    PDPage sheet = new PDPage(new PDRectangle(200, 100));
    document.addPage(sheet);
    try (PDPageContentStream content = new PDPageContentStream(document, sheet)) {
      content.addRect(0, 0, 10 * page, 100);
      content.fill();
    }
  }

  /** One page that cannot be opened without {@code userPassword}; empty opens for everyone. */
  public static byte[] encrypted(String userPassword) throws IOException {
    try (PDDocument document = new PDDocument()) {
      barPage(document, 1);
      StandardProtectionPolicy policy =
          new StandardProtectionPolicy("owner", userPassword, new AccessPermission());
      policy.setEncryptionKeyLength(128);
      document.protect(policy);
      return bytes(document);
    }
  }

  /** One page of this size in points. */
  static byte[] page(float width, float height) throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage(new PDRectangle(width, height)));
      return bytes(document);
    }
  }

  /** One page that shows a scan in its own pixels at 72 dpi. */
  static byte[] scan(DecodedImage image) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage sheet = new PDPage(new PDRectangle(image.width(), image.height()));
      document.addPage(sheet);
      PDImageXObject object = LosslessFactory.createFromImage(document, PngEncoder.view(image));
      try (PDPageContentStream content = new PDPageContentStream(document, sheet)) {
        content.drawImage(object, 0, 0, image.width(), image.height());
      }
      return bytes(document);
    }
  }

  /** One page with an image object of this size, filter and content. */
  static byte[] imageObject(int width, int height, COSName filter, byte[] data) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage sheet = new PDPage(new PDRectangle(200, 100));
      document.addPage(sheet);
      COSStream stream = document.getDocument().createCOSStream();
      try (var out = stream.createRawOutputStream()) {
        out.write(data);
      }
      COSDictionary entries = stream;
      entries.setItem(COSName.TYPE, COSName.XOBJECT);
      entries.setItem(COSName.SUBTYPE, COSName.IMAGE);
      entries.setInt(COSName.WIDTH, width);
      entries.setInt(COSName.HEIGHT, height);
      entries.setInt(COSName.BITS_PER_COMPONENT, 8);
      entries.setItem(COSName.COLORSPACE, COSName.DEVICERGB);
      entries.setItem(COSName.FILTER, filter);
      PDImageXObject object =
          new PDImageXObject(new org.apache.pdfbox.pdmodel.common.PDStream(stream), null);
      try (PDPageContentStream content = new PDPageContentStream(document, sheet)) {
        content.drawImage(object, 0, 0, 100, 50);
      }
      return bytes(document);
    }
  }

  /** One page whose content is this stream under these filters, outermost first. */
  static byte[] contentStream(byte[] packed, COSName... filters) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage sheet = new PDPage(new PDRectangle(100, 50));
      document.addPage(sheet);
      sheet.getCOSObject().setItem(COSName.CONTENTS, stream(document, packed, filters));
      return bytes(document);
    }
  }

  /** One page whose content is all of these deflated streams. */
  static byte[] contentStreams(byte[]... packed) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage sheet = new PDPage(new PDRectangle(100, 50));
      document.addPage(sheet);
      COSArray contents = new COSArray();
      for (byte[] each : packed) {
        contents.add(stream(document, each, COSName.FLATE_DECODE));
      }
      sheet.getCOSObject().setItem(COSName.CONTENTS, contents);
      return bytes(document);
    }
  }

  private static COSStream stream(PDDocument document, byte[] packed, COSName... filters)
      throws IOException {
    COSStream stream = document.getDocument().createCOSStream();
    try (var out = stream.createRawOutputStream()) {
      out.write(packed);
    }
    stream.setItem(COSName.FILTER, new COSArray(List.of(filters)));
    return stream;
  }

  private static byte[] bytes(PDDocument document) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }
}
