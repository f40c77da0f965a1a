package dev.moonflow.jobs.demo.samples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** A PDF of two A5 pages with real, embedded text: a letter, and its table of figures. */
final class TwoPageReport {
  private static final float MARGIN = 44;

  private static final List<String> LETTER =
      List.of(
          "Dear members,",
          "",
          "the harbour has had a quiet year. Forty-one boats",
          "spent the winter ashore, three more than last year,",
          "and the new crane lifted every one of them without",
          "a scratch.",
          "",
          "The north pier was repaired in May. The work cost",
          "less than planned, because the old oak piles turned",
          "out to be sound. What was saved paid for the new",
          "lights along the quay.",
          "",
          "The figures are on the next page. Please bring your",
          "questions to the meeting on 12 December at seven.",
          "",
          "With kind regards,",
          "The harbour master");

  private static final String[][] TABLE = {
    {"Item", "2025", "2026"},
    {"Mooring fees", "18,400", "19,150"},
    {"Winter storage", "6,080", "6,560"},
    {"Visiting boats", "2,310", "2,745"},
    {"Pier repair", "-", "-7,900"},
    {"Lights", "-", "-1,240"},
    {"Wages", "-14,500", "-14,900"},
    {"Balance", "12,290", "4,415"},
  };

  /** Writes the document. */
  void write(Path file) throws IOException {
    try (PDDocument document = new PDDocument();
        InputStream in = OutlineText.open()) {
      PDFont font = PDType0Font.load(document, in, true);
      letter(document, font);
      figures(document, font);
      Calendar made = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
      made.clear();
      made.set(2026, Calendar.NOVEMBER, 22);
      document.getDocumentInformation().setTitle("Harbour report 2026");
      document.getDocumentInformation().setCreationDate(made);
      COSArray id = new COSArray();
      id.add(new COSString("harbour-report-2026"));
      id.add(new COSString("harbour-report-2026"));
      document.getDocument().getTrailer().setItem(COSName.ID, id);
      document.save(file.toFile());
    }
  }

  private static void letter(PDDocument document, PDFont font) throws IOException {
    PDPage page = new PDPage(PDRectangle.A5);
    document.addPage(page);
    try (PDPageContentStream out = new PDPageContentStream(document, page)) {
      float y = PDRectangle.A5.getHeight() - 70;
      write(out, font, 22, MARGIN, y, "Harbour report 2026");
      line(out, y - 14);
      y -= 48;
      for (String line : LETTER) {
        write(out, font, 12.5f, MARGIN, y, line);
        y -= 21;
      }
      write(out, font, 9, MARGIN, 34, "Page 1 of 2");
    }
  }

  private static void figures(PDDocument document, PDFont font) throws IOException {
    PDPage page = new PDPage(PDRectangle.A5);
    document.addPage(page);
    try (PDPageContentStream out = new PDPageContentStream(document, page)) {
      float y = PDRectangle.A5.getHeight() - 70;
      write(out, font, 18, MARGIN, y, "Income and expenses (EUR)");
      y -= 40;
      for (int i = 0; i < TABLE.length; i++) {
        if (i == 1 || i == TABLE.length - 1) {
          line(out, y + 18);
        }
        write(out, font, 13, MARGIN, y, TABLE[i][0]);
        for (int column = 1; column < TABLE[i].length; column++) {
          float right = PDRectangle.A5.getWidth() - MARGIN - (2 - column) * 90;
          float width = font.getStringWidth(TABLE[i][column]) / 1000 * 13;
          write(out, font, 13, right - width, y, TABLE[i][column]);
        }
        y -= 28;
      }
      write(out, font, 9, MARGIN, 34, "Page 2 of 2");
    }
  }

  private static void write(
      PDPageContentStream out, PDFont font, float size, float x, float y, String text)
      throws IOException {
    out.beginText();
    out.setFont(font, size);
    out.newLineAtOffset(x, y);
    out.showText(text);
    out.endText();
  }

  private static void line(PDPageContentStream out, float y) throws IOException {
    out.setLineWidth(0.8f);
    out.moveTo(MARGIN, y);
    out.lineTo(PDRectangle.A5.getWidth() - MARGIN, y);
    out.stroke();
  }
}
