package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.jobs.ingest.IngestSettings.Pages;
import dev.moonflow.jobs.settings.LimitOptions.Regions;
import dev.moonflow.jobs.settings.LimitOptions.TextLayer;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.layout.LayoutOptions;
import dev.moonflow.model.layout.PageAnalyzer;
import dev.moonflow.model.layout.PageLayout;
import dev.moonflow.model.layout.PageResampler;
import dev.moonflow.model.layout.TextLine;
import java.util.ArrayList;
import java.util.List;

/** One page of a document to the pieces that become requests. */
final class PageSplitter {
  private final Pages settings;
  private final LayoutOptions options;
  private final boolean keepsPages;

  PageSplitter(Pages settings) {
    this(settings, false);
  }

  /**
   * The same for a job that keeps pages.
   *
   * @param keepsPages whether pages that are not read whole come with their pixels, too
   */
  PageSplitter(Pages settings, boolean keepsPages) {
    this.settings = settings;
    this.keepsPages = keepsPages;
    options = settings.straighten() ? LayoutOptions.DEFAULT : LayoutOptions.STRAIGHT;
  }

  /**
   * A piece of a page.
   *
   * @param kind what is asked of it
   * @param line from 0, or {@link Subject#NONE}
   * @param sheet what is known of its page, or null: a page has it once
   * @param png its pixels, or null where nothing is generated and nothing kept
   */
  record Piece(RequestKind kind, int line, PageSheet sheet, byte[] png) {
    static final Piece FAILED = new Piece(RequestKind.FAILED_PAGE, Subject.NONE, null, null);
  }

  /**
   * The pieces of a page, its sheet in the first.
   *
   * @param page from 1
   */
  List<Piece> split(DocumentReader reader, int page, int dpi) throws MediaRejectedException {
    String layer = settings.textLayer() == TextLayer.IGNORE ? "" : reader.text(page - 1);
    DecodedImage decoded = reader.renderPage(page - 1, dpi);
    if (settings.textLayer() == TextLayer.PREFER && !layer.isBlank()) {
      byte[] kept = keepsPages ? PngEncoder.encode(decoded) : null;
      return List.of(sheetAlone(straight(decoded, layer, true), kept));
    }
    RgbImage image = new RgbImage(decoded.width(), decoded.height(), decoded.rgb());
    boolean lines = settings.regions() == Regions.LINES;
    if (!lines && !settings.straighten() && !settings.skipBlank()) {
      PageSheet plain = straight(decoded, layer.isBlank() ? null : layer, false);
      return List.of(new Piece(RequestKind.PAGE, Subject.NONE, plain, PngEncoder.encode(decoded)));
    }
    PageLayout layout = PageAnalyzer.analyze(image, options);
    boolean blank = layout.blank() && settings.skipBlank();
    PageSheet sheet = sheet(layout, blank, layer, lines ? layout.lines() : List.of());
    PageResampler resampler = new PageResampler(image, layout.transform());
    byte[] kept = keepsPages && (lines || blank) ? png(resampler.straight()) : null;
    if (blank || lines && layout.lines().isEmpty()) {
      return List.of(sheetAlone(sheet, kept));
    }
    if (!lines) {
      return List.of(new Piece(RequestKind.PAGE, Subject.NONE, sheet, png(resampler.straight())));
    }
    List<Piece> pieces = new ArrayList<>();
    pieces.add(sheetAlone(sheet, kept));
    for (int i = 0; i < sheet.lines().size(); i++) {
      RgbImage cut = resampler.line(sheet.lines().get(i).box(), settings.lineHeight());
      // Read again in a moment, by this process mostly: packing it well would cost more than it
      // saves.
      DecodedImage line = new DecodedImage(cut.width(), cut.height(), cut.rgb());
      pieces.add(new Piece(RequestKind.LINE, i, null, PngEncoder.encodePlain(line)));
    }
    return pieces;
  }

  private static Piece sheetAlone(PageSheet sheet, byte[] kept) {
    return new Piece(RequestKind.SHEET, Subject.NONE, sheet, kept);
  }

  /** The sheet of a page that is taken as it is. */
  private static PageSheet straight(DecodedImage image, String layer, boolean used) {
    return new PageSheet(image.width(), image.height(), 0, 0, false, layer, used, List.of());
  }

  private static PageSheet sheet(
      PageLayout layout, boolean blank, String layer, List<TextLine> lines) {
    return new PageSheet(
        layout.transform().pageWidth(),
        layout.transform().pageHeight(),
        layout.transform().quarterTurns(),
        layout.transform().skewDegrees(),
        blank,
        layer.isBlank() ? null : layer,
        false,
        lines);
  }

  private static byte[] png(RgbImage image) {
    return PngEncoder.encode(new DecodedImage(image.width(), image.height(), image.rgb()));
  }
}
